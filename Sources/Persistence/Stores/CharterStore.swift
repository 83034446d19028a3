// SPDX-License-Identifier: Apache-2.0

public import Governance

/// Versions of the charter, by the charter's hash. They are public.
public protocol CharterStore: Sendable {
    /// Replaces what was there for the hash: a version is kept before it is logged, and again with its place in the log.
    func put(_ version: CharterEvidence, hash: DocumentHash) throws(StorageFault)
    func version(_ hash: DocumentHash) throws(StorageFault) -> CharterEvidence?
}
