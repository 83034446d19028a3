// SPDX-License-Identifier: Apache-2.0

/// Why the node does something that affects a person.
///
/// There are no other reasons: what closes, refuses or removes takes one of these, so a power that nobody named can't be
/// written down. An order's Permit becomes the fifth when orders exist (docs/overview.md).
public enum Cause: Hashable, Sendable {
    /// They asked for it, or asked for what doesn't exist.
    case ownAct
    /// What a host or co-host did, in a commit that everybody checks or as the holder of a leaf that proves it.
    case host(HostAct)
    /// A limit that is the same for everyone and blind to who it is.
    case limit(UniformLimit)
    /// Most of the others refused, with their signatures, the commit that it comes from.
    case refusals
    case processEnding
}
