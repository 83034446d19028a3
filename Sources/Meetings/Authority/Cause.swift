// SPDX-License-Identifier: Apache-2.0

/// Why the node does something that affects a person.
///
/// There are no other reasons: what closes, refuses, removes or mutes takes one of these, so a power that nobody
/// named can't be written down. An order's Permit becomes the fifth when orders exist (docs/overview.md).
public enum Cause: Hashable, Sendable {
    /// They asked for it, or asked for what doesn't exist.
    case ownAct
    /// A host's or co-host's message that passed ``HostAct/judge(_:by:role:on:role:)``.
    case host(HostAct)
    /// A limit that is the same for everyone and blind to who it is.
    case limit(UniformLimit)
    case processEnding
}
