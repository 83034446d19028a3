// SPDX-License-Identifier: Apache-2.0

/// Why the subject falls under the requester's jurisdiction, and who of elsewhere vouches for it.
public struct JurisdictionAttestation: Hashable, Sendable {
    public let kind: JurisdictionKind
    public let document: DocumentHash
    /// At least one; each has to approve the order, and none has a tie to the requester's country.
    public let seats: [Name]

    public init(kind: JurisdictionKind, document: DocumentHash, seats: [Name]) {
        self.kind = kind
        self.document = document
        self.seats = seats
    }
}
