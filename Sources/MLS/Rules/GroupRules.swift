// SPDX-License-Identifier: Apache-2.0

/// What the application decides, asked for every change alike whether we send or receive it (RFC 9420 §12.2, §5.3.1).
///
/// Every answer has to depend on its arguments alone, or members end up in different epochs. The one exception is
/// ``now``: without it lifetimes aren't checked, as RFC 9420 §7.3 allows for what is received.
public protocol GroupRules: Sendable {
    /// Seconds since 1970.
    var now: UInt64? { get }

    /// The longest lifetime of a key package that is accepted, in seconds (RFC 9420 §7.2).
    var longestLifetime: UInt64 { get }

    /// Whether the credential belongs to the signature key and to somebody who may be here.
    func accepts(_ leaf: LeafNode, _ use: CredentialUse) -> Bool

    /// Whether this external sender may be listed.
    func accepts(_ sender: ExternalSender) -> Bool

    /// Whether one leaf may take the place of another: an update, a commit's new leaf, a rejoin.
    func accepts(_ leaf: LeafNode, inPlaceOf old: LeafNode) -> Bool

    /// Whether two leaves are the same client (RFC 9420 §12.2). Equal signature keys always are.
    func areSameClient(_ first: LeafNode, _ second: LeafNode) -> Bool

    /// Anything else: who may add, remove, change the policy.
    func judge(_ change: GroupChange) -> RuleVerdict
}
