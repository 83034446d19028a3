// SPDX-License-Identifier: Apache-2.0

/// Why somebody didn't get in.
public enum JoinRefusal: String, Hashable, Sendable, CaseIterable {
    /// The meeting holds as many participants as it may.
    case full
    /// A host locked it; only those inside may come back.
    case locked
    /// A host ended it.
    case ended
    /// No such meeting runs here, and the client didn't ask to start one.
    case notFound
    /// The resume token belongs to somebody whom a host removed.
    case removed
    /// A host refused the knock.
    case denied
    /// Another version of the protocol.
    case version
    /// A name that isn't one.
    case name
    /// The node holds as much as it may.
    case busy
    /// The node is shutting down.
    case draining
    /// No join within ten seconds.
    case timeout
}
