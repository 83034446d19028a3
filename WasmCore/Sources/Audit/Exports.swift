// SPDX-License-Identifier: Apache-2.0

import Boundary

/// The auditor's door, the same as the core's: an operation and the bytes of its fields.
///
/// - Returns: 0 with the answer in the result, or 1 with the refusal's name in it.
@_expose(wasm, "core_call")
@_cdecl("core_call")
public func coreCall(_ number: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    answer(bytes, count) { (fields: inout Fields) throws(CoreRefusal) in
        guard let operation = Operation(rawValue: number) else { throw .unknownOperation }
        return switch operation {
        case .policyRead: try PolicyOperations.read(&fields)
        case .proofCheck: try ProofOperations.check(&fields)
        case .bundleRead: try EntryOperations.readBundle(&fields)
        case .auditCreate: try AuditOperations.create(&fields)
        case .auditHandle: try AuditOperations.handle(&fields)
        case .auditReport: try AuditOperations.report(&fields)
        case .orderVerify: try OrderOperations.verify(&fields)
        case .entriesPlan: try EntryOperations.plan(&fields)
        case .entriesRead: try EntryOperations.read(&fields)
        case .reportBegin: try ReportOperations.begin(&fields)
        case .reportMake: try ReportOperations.make(&fields)
        }
    }
}
