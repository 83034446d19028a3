// SPDX-License-Identifier: Apache-2.0

/// At which point a credential comes into the group (RFC 9420 §5.3.1).
public enum CredentialUse: Hashable, Sendable {
    /// In a key package that is added.
    case added
    /// In an update or a commit of a member.
    case updated
    /// Joining from outside.
    case joined
    /// In the tree of a group that we join.
    case present
}
