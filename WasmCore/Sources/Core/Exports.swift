// SPDX-License-Identifier: Apache-2.0

import Base
import CWasmHost

/// The one door: an operation and the bytes of its fields, which stay the page's.
///
/// - Returns: 0 with the answer in the result, or 1 with the refusal's name in it.
@_expose(wasm, "core_call")
@_cdecl("core_call")
public func coreCall(_ number: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    var fields = Fields(Array(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : max(0, count))))
    do throws(CoreRefusal) {
        var answer: [UInt8]
        if let operation = Operation(rawValue: number) {
            answer = try perform(operation, &fields)
        } else {
            guard let operation = GroupOperation(rawValue: number) else { throw .unknownOperation }
            answer = try GroupOperations.perform(operation, &fields)
        }
        vigil_set_result(answer, answer.count)
        for index in answer.indices { answer[index] = 0 }
        return 0
    } catch {
        let name = error.name
        vigil_set_result(name.utf8Start, name.utf8CodeUnitCount)
        return 1
    }
}

private func perform(_ operation: Operation, _ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
    switch operation {
    case .ringCreate: try RingOperations.create(&fields)
    case .ringRestore: try RingOperations.restore(&fields)
    case .ringSnapshot: try RingOperations.snapshot(&fields)
    case .ringRemove: try RingOperations.remove(&fields)
    case .ringAddEpoch: try RingOperations.addEpoch(&fields)
    case .ringStartSending: try RingOperations.startSending(&fields)
    case .ringRemoveEpoch: try RingOperations.removeEpoch(&fields)
    case .ringHandleTimeout: try RingOperations.handleTimeout(&fields)
    case .ringSeal: try RingOperations.seal(&fields)
    case .ringOpen: try RingOperations.open(&fields)
    case .ringPlanSealing: try RingOperations.planSealing(&fields)
    case .ringPlanOpening: try RingOperations.planOpening(&fields)
    case .ringAccept: try RingOperations.accept(&fields)
    case .ringForgetPlan: try RingOperations.forgetPlan(&fields)
    case .ringExportKey: try RingOperations.exportKey(&fields)
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
