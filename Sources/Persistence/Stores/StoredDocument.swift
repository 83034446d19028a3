// SPDX-License-Identifier: Apache-2.0

public import Governance
public import Transparency

/// A document of a case, sealed by whoever brought it to seats of their choice.
public struct StoredDocument: Hashable, Sendable {
    public let caseID: CaseID
    /// SHA-256 of `ciphertext`.
    public let hash: DocumentHash
    public let ciphertext: [UInt8]
    /// Who brought it.
    public let seat: Name
    public let received: EntryTime

    public init(caseID: CaseID, hash: DocumentHash, ciphertext: [UInt8], seat: Name, received: EntryTime) {
        self.caseID = caseID
        self.hash = hash
        self.ciphertext = ciphertext
        self.seat = seat
        self.received = received
    }
}
