// SPDX-License-Identifier: Apache-2.0

@testable import MLS

/// Rules whose answers a test can choose.
struct TestRules: GroupRules {
    var now: UInt64? = 1_500
    var longestLifetime: UInt64 = 1_000
    /// An identity that is never believed.
    var refusedIdentity: [UInt8] = []
    var acceptsSenders = true
    var acceptsSuccession = true
    /// Whether equal credentials are one client.
    var comparesCredentials = false
    var verdict = RuleVerdict.accepted

    func accepts(_ leaf: LeafNode, _ use: CredentialUse) -> Bool {
        leaf.credential != .basic(identity: refusedIdentity)
    }

    func accepts(_ sender: ExternalSender) -> Bool { acceptsSenders }
    func accepts(_ leaf: LeafNode, inPlaceOf old: LeafNode) -> Bool { acceptsSuccession }
    func areSameClient(_ first: LeafNode, _ second: LeafNode) -> Bool {
        comparesCredentials && first.credential == second.credential
    }

    func judge(_ change: GroupChange) -> RuleVerdict { verdict }
}
