// SPDX-License-Identifier: Apache-2.0

/// Why somebody didn't get in.
public enum JoinRefusal: String, Hashable, Sendable, CaseIterable {
    /// The meeting holds as many participants as it may.
    case full
    /// It is locked; only those inside may come back, and hosts.
    case locked
    /// A host ended it.
    case ended
    /// No such meeting runs here, and the client didn't ask to found one.
    case notFound
    /// The resume token belongs to somebody whom a host removed.
    case removed
    /// A host or co-host turned the knock away.
    case denied
    /// Another version of the protocol.
    case version
    /// The key package isn't valid, or somebody else came with it.
    case keyPackage
    /// What was missed is no longer kept, or the place is gone: come in anew by an external commit, without resuming.
    case outOfStep
    /// The node holds as much as it may.
    case busy
    /// The node is shutting down.
    case draining
    /// No join within ten seconds, or nothing done at the door for long.
    case timeout
}
