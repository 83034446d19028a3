// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// Cosigned checkpoints that bundles of a case need: only the witnesses of the moment could have signed them.
public protocol CheckpointStore: Sendable {
    /// All of them or none. One that the case has already stays.
    func add(_ checkpoints: [(caseID: CaseID, bytes: [UInt8])]) throws(StorageFault)
    /// Of all cases, in the order in which they came.
    func all() throws(StorageFault) -> [(caseID: CaseID, bytes: [UInt8])]
    func remove(_ caseID: CaseID) throws(StorageFault)
}
