// SPDX-License-Identifier: Apache-2.0

/// Why a room at a node isn't the one that a link leads to.
public enum LinkRefusal: Error, Hashable, Sendable {
    /// What the node has isn't sealed under this link.
    case cardNotOpened
    case cardMalformed
    /// It opened, but the link isn't a hash of it.
    case cardNotOfLink
}
