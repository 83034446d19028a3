// SPDX-License-Identifier: Apache-2.0

import Base
import CWasmHost
import MLS
import Vectors

/// The runners of `vigil-vectors` behind the core's own door, so that web/crypto/core.js can drive them. Only for tests.
///
/// - Returns: 0 with text in the result, or 1 with the reason in it.
@_expose(wasm, "core_call")
@_cdecl("core_call")
public func coreCall(_ number: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
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
