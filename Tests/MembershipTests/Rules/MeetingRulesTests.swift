// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import Testing

@testable import MLS
@testable import Membership

@Suite("Every rule of a meeting lets through what it should and nothing else")
struct MeetingRulesTests {
    @Test("The table", arguments: RuleCase.policyTable + RuleCase.doorTable + RuleCase.removalTable)
    func table(row: RuleCase) throws {
        var scene = try RuleScene(row.policy, withKeepers: row.withKeepers)
        #expect(try row.run(&scene) == row.breaks)
    }

    @Test("Every rule stands in the table, both kept and broken")
    func complete() {
        let rows = RuleCase.policyTable + RuleCase.doorTable + RuleCase.removalTable
        var broken = Set(rows.compactMap(\.breaks))
        // Of another card: a test of its own.
        broken.insert(.foreignCard)
        #expect(broken == Set(RuleViolation.allCases))
        for violation in RuleViolation.allCases { #expect(violation.name.utf8CodeUnitCount > 0) }
    }

    @Test("A commit in the group of another card is followed by nobody")
    func foreignCard() throws {
        var scene = try RuleScene()
        let bundle = try scene.host.commit(rules: OpenRules(), using: &scene.randomness)
        let other = Card(hostKey: scene.card.hostKey, nodes: [[1]])
        #expect(try scene.verdict(on: bundle.commit, card: other) == .foreignCard)
        #expect(try scene.verdict(on: bundle.commit) == nil)
    }

    @Test("A host's proof counts for its own key under its own card alone")
    func hostProof() throws {
        var scene = try RuleScene()
        let card = scene.card.hash(with: NativeCrypto.self)
        let host = try #require(scene.host.leafNode)
        let guest = try #require(scene.guest.leafNode)
        let proof = try #require(HostProof(host))
        #expect(proof.isValid(for: host.signatureKey, under: scene.policy, with: NativeCrypto.self))
        #expect(!proof.isValid(for: guest.signatureKey, under: scene.policy, with: NativeCrypto.self))
        let elsewhere = MeetingPolicy(cardHash: card.map { ~$0 }, hostKey: scene.card.hostKey)
        #expect(!proof.isValid(for: host.signatureKey, under: elsewhere, with: NativeCrypto.self))
        let otherKey = try NativeCrypto.publicKey(
            .ed25519,
            of: NativeCrypto.generateSignatureKey(.ed25519, using: &scene.randomness)
        )
        let otherHost = MeetingPolicy(cardHash: card, hostKey: otherKey)
        #expect(!proof.isValid(for: host.signatureKey, under: otherHost, with: NativeCrypto.self))
        for bit in 0..<8 {
            var bytes = proof.signature
            bytes[bit * 8] ^= 1 << UInt8(bit)
            let bent = HostProof(signature: bytes)
            #expect(!bent.isValid(for: host.signatureKey, under: scene.policy, with: NativeCrypto.self))
        }
        #expect(Role(host, under: scene.policy, with: NativeCrypto.self) == .host)
        #expect(Role(guest, under: scene.policy, with: NativeCrypto.self) == .guest)
        let cohost = try #require(scene.cohost.leafNode)
        #expect(Role(cohost, under: scene.policy, with: NativeCrypto.self) == .cohost)
    }

    @Test("A credential that isn't derived from the key is refused: added, from outside, and in a commit's new leaf")
    func foreignCredential() throws {
        var scene = try RuleScene()
        let false_ = try ParticipantID(#require(scene.host.leafNode)).map(\.credential)
        let newcomer = try scene.newcomer(credential: false_)
        #expect(throws: MLSRefusal.credentialRefused) {
            try scene.verdict(on: [scene.linkKey(), .add(newcomer.keyPackage)], by: \.host)
        }
        #expect(throws: MLSRefusal.credentialRefused) { try scene.verdictOnEntry(of: newcomer) }
        var options = CommitOptions()
        let node = try #require(scene.guest.leafNode)
        options.member = MemberDescription(
            signatureKey: scene.guest.signatureKey,
            credential: try #require(false_),
            capabilities: node.capabilities
        )
        let bundle = try scene.guest.commit(options, rules: OpenRules(), using: &scene.randomness)
        #expect(throws: MLSRefusal.credentialRefused) { try scene.verdict(on: bundle.commit) }
    }

    @Test("Nobody takes another's place: not from outside, not by changing their own key")
    func succession() throws {
        var scene = try RuleScene()
        let stranger = try scene.newcomer()
        let place = scene.guest.leaf
        #expect(throws: MLSRefusal.successionRefused) { try scene.verdictOnEntry(of: stranger, replacing: place) }
        var options = CommitOptions()
        options.member = stranger.member
        let bundle = try scene.guest.commit(options, rules: OpenRules(), using: &scene.randomness)
        #expect(throws: MLSRefusal.successionRefused) { try scene.verdict(on: bundle.commit) }
    }

    @Test("A policy that isn't exactly one is none")
    func policyCodec() throws {
        let policy = MeetingPolicy(
            cardHash: Array(repeating: 1, count: 32),
            hostKey: Array(repeating: 2, count: 32),
            accountable: true,
            cohosts: [ParticipantID(rawValue: 7)],
            lobby: true,
            locked: false,
            absence: .membersAdmit,
            history: .nothing,
            linkGeneration: 9
        )
        let bytes = policy.encoded
        #expect(try MeetingPolicy(decoding: bytes) == policy)
        for length in 0..<bytes.count {
            #expect(throws: WireRefusal.self) { try MeetingPolicy(decoding: Array(bytes[..<length])) }
        }
        #expect(throws: WireRefusal.trailingBytes) { try MeetingPolicy(decoding: bytes + [0]) }
        // Version, both lengths, accountable, lobby, locked, absence, history: nothing but what is known.
        let flags = bytes.count - 4
        for (offset, value) in [
            (0, 2), (1, 31), (34, 33), (67, 2), (flags - 4, 2), (flags - 3, 2), (flags - 2, 2), (flags - 1, 2),
        ] {
            var bent = bytes
            bent[offset] = UInt8(value)
            #expect(throws: WireRefusal.self) { try MeetingPolicy(decoding: bent) }
        }
        var crowd = policy
        crowd.cohosts = (0...UInt64(MeetingPolicy.maximumCohosts)).map { ParticipantID(rawValue: $0) }
        #expect(throws: WireRefusal.tooLarge) { try MeetingPolicy(decoding: crowd.encoded) }
    }
}
