// SPDX-License-Identifier: Apache-2.0

public import Governance
public import Transparency

/// Texts of cases. An order names its subject by a salted hash, and nobody else by more than a seat.
public protocol PaperStore: Sendable {
    /// All of them or none. One that is there already stays as it is.
    func add(_ papers: [Paper]) throws(StorageFault)
    /// Of all cases, in the order in which they came.
    func all() throws(StorageFault) -> [Paper]
    func remove(_ caseID: CaseID) throws(StorageFault)
}
