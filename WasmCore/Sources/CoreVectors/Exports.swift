// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import CWasmHost
import MLS
import Vectors

/// What only tests and measurements ask for, behind the core's own door, so that web/crypto/core.js can drive it: bare
/// primitives, groups without the rules of meetings, and the runners of `vigil-vectors`.
///
/// - Returns: 0 with the answer in the result, or 1 with the reason in it.
@_expose(wasm, "core_call")
@_cdecl("core_call")
public func coreCall(_ number: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    if number < 32 { return runVectors(number, bytes, count) }
    return answer(bytes, count) { (fields: inout Fields) throws(CoreRefusal) in
        if let operation = PrimitiveOperation(rawValue: number) { return try perform(operation, &fields) }
        guard let operation = GroupOperation(rawValue: number) else { throw .unknownOperation }
        return try GroupOperations.perform(operation, &fields)
    }
}

private func perform(_ operation: PrimitiveOperation, _ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
    switch operation {
    case .hash: try CryptoOperations.hash(&fields)
    case .hmac: try CryptoOperations.hmac(&fields)
    case .extract: try CryptoOperations.extract(&fields)
    case .expand: try CryptoOperations.expand(&fields)
    case .aeadSeal: try CryptoOperations.aeadSeal(&fields)
    case .aeadOpen: try CryptoOperations.aeadOpen(&fields)
    case .agreementPublicKey: try CryptoOperations.agreementPublicKey(&fields)
    case .agreementSecret: try CryptoOperations.agreementSecret(&fields)
    case .signaturePublicKey: try CryptoOperations.signaturePublicKey(&fields)
    case .sign: try CryptoOperations.sign(&fields)
    case .verify: try CryptoOperations.verify(&fields)
    case .hpkeDeriveKeyPair: try HPKEOperations.deriveKeyPair(&fields)
    case .hpkeSeal: try HPKEOperations.seal(&fields)
    case .hpkeOpen: try HPKEOperations.open(&fields)
    case .sframeHeader: try FrameOperations.header(&fields)
    case .sframeReadHeader: try FrameOperations.readHeader(&fields)
    case .sframeSeal: try FrameOperations.seal(&fields)
    case .sframeCipherSeal: try FrameOperations.cipherSeal(&fields)
    case .sframeCipherOpen: try FrameOperations.cipherOpen(&fields)
    }
}

private func runVectors(_ number: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    var reader = ByteReader(Array(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : max(0, count))))
    switch number {
    case 1:
        // The name of a kind, and a file of it.
        guard let name = field(&reader), let file = field(&reader) else { return finish("malformed call", 1) }
        do throws(VectorFailure) {
            return finish(try runVectors(String(decoding: name, as: UTF8.self), file), 0)
        } catch {
            return finish(error.reason, 1)
        }
    case 2:
        // The number of a cipher suite.
        guard let suite = reader.readUInt16(), let digest = groupTranscript(suite: suite) else {
            return finish("refused", 1)
        }
        return finish(digest, 0)
    case 3:
        // A seed, and how many rounds of it.
        guard let seed = reader.readUInt64(), let rounds = reader.readUInt32() else {
            return finish("malformed call", 1)
        }
        do throws(MLSRefusal) {
            var hail = try DeepHail(seed: seed)
            for _ in 0..<rounds { hail.round() }
            return finish("\(hail.taken)", 0)
        } catch {
            return finish("no group could be made", 1)
        }
    default:
        return finish("unknown operation", 1)
    }
}

private func field(_ reader: inout ByteReader) -> [UInt8]? {
    guard let length = reader.readUInt32(), let count = Int(exactly: length) else { return nil }
    return reader.read(count: count).map { Array($0) }
}

private func finish(_ text: String, _ status: Int32) -> Int32 {
    let bytes = Array(text.utf8)
    vigil_set_result(bytes, bytes.count)
    return status
}
