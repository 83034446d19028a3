// SPDX-License-Identifier: Apache-2.0

/// Lets everything through that the RFC does: for vectors and for groups whose application checks elsewhere.
public struct OpenRules: GroupRules {
    public init() {}

    public var now: UInt64? { nil }
    public var longestLifetime: UInt64 { .max }
    public func accepts(_ leaf: LeafNode, _ use: CredentialUse) -> Bool { true }
    public func accepts(_ sender: ExternalSender) -> Bool { true }
    public func accepts(_ leaf: LeafNode, inPlaceOf old: LeafNode) -> Bool { true }
    public func areSameClient(_ first: LeafNode, _ second: LeafNode) -> Bool { false }
    public func judge(_ change: GroupChange) -> RuleVerdict { .accepted }
}
