// SPDX-License-Identifier: Apache-2.0

/// One version of the charter, with what makes it one: bytes, unchecked.
public struct CharterEvidence: Hashable, Sendable {
    public var charter: [UInt8]
    /// The file (C2SP tlog-policy) that the charter names by its hash.
    public var logPolicy: [UInt8]
    /// The log's `charter` entry.
    public var entry: [UInt8]
    /// Its place in the log (C2SP tlog-proof).
    public var proof: [UInt8]
    /// Signed ``CharterApproval``s; none for the first version.
    public var approvals: [[UInt8]]

    public init(charter: [UInt8], logPolicy: [UInt8], entry: [UInt8], proof: [UInt8], approvals: [[UInt8]]) {
        self.charter = charter
        self.logPolicy = logPolicy
        self.entry = entry
        self.proof = proof
        self.approvals = approvals
    }
}
