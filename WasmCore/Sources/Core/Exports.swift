// SPDX-License-Identifier: Apache-2.0

import Boundary

/// The one door: an operation and the bytes of its fields, which stay the page's.
///
/// - Returns: 0 with the answer in the result, or 1 with the refusal's name in it.
@_expose(wasm, "core_call")
@_cdecl("core_call")
public func coreCall(_ number: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    answer(bytes, count) { (fields: inout Fields) throws(CoreRefusal) in
        guard let operation = Operation(rawValue: number) else { throw .unknownOperation }
        return try perform(operation, &fields)
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
    case .identityFound: try MemberOperations.found(&fields)
    case .memberCreate: try MemberOperations.create(&fields)
    case .memberHandle: try MemberOperations.handle(&fields)
    case .memberRelease: try MemberOperations.release(&fields)
    }
}
