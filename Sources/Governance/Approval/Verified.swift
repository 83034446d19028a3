// SPDX-License-Identifier: Apache-2.0

/// A statement that a seat of a charter signed. Only ``Signed/verify(under:with:)`` makes one.
public struct Verified<Content: Statement>: Hashable, Sendable {
    public let statement: Content
    /// SHA-256 of the signed text.
    public let hash: DocumentHash

    init(signed: Signed<Content>, hash: DocumentHash) {
        statement = signed.statement
        self.hash = hash
    }
}
