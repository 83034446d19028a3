// SPDX-License-Identifier: Apache-2.0

public import Governance
public import Transparency

/// Sealed documents. Until a step names one it is loose, and goes after a while.
public protocol DocumentStore: Sendable {
    /// - Returns: false, and nothing is kept, if there are too many: of the case, or loose ones of the seat. One that the case has
    ///   already stays as it is.
    func add(_ document: StoredDocument, mostOfCase: Int, mostLoose: Int) throws(StorageFault) -> Bool
    func document(_ hash: DocumentHash, of caseID: CaseID) throws(StorageFault) -> [UInt8]?
    /// Hashes and bytes, in the order in which they came.
    func list(_ caseID: CaseID) throws(StorageFault) -> [(hash: DocumentHash, length: Int)]
    /// A step names them.
    func name(_ hashes: [DocumentHash], of caseID: CaseID) throws(StorageFault)
    func removeLoose(before time: EntryTime) throws(StorageFault)
    func remove(_ caseID: CaseID) throws(StorageFault)
}
