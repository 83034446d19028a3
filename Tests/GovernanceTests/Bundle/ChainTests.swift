// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("Chains of charters")
struct ChainTests {
    private func check(_ chain: [CharterEvidence], _ council: Council, genesis: DocumentHash? = nil) throws
        -> CharterInForce
    {
        guard let now = CosignatureTime(seconds: council.now + 60) else { throw SupportFailure.notATime }
        return try CharterInForce(
            chain: chain,
            genesis: genesis ?? council.genesis,
            now: now,
            with: NativeCrypto.self
        )
    }

    private func expect(
        _ refusal: ChainRefusal,
        _ council: Council,
        genesis: DocumentHash? = nil,
        _ location: SourceLocation = #_sourceLocation,
        _ edit: (inout [CharterEvidence]) throws -> Void = { _ in }
    ) throws {
        var chain = council.chain
        try edit(&chain)
        #expect(throws: refusal, sourceLocation: location) { try check(chain, council, genesis: genesis) }
    }

    /// A week after the first version.
    private func later() throws -> Council {
        let council = try Council()
        council.now += 8 * 86_400
        return council
    }

    @Test("one version, and three")
    func lawful() throws {
        let council = try later()
        let first = try check(council.chain, council)
        #expect(first.charter.version == 1 && first.genesis == first.hash)
        try council.amend()
        council.now += 8 * 86_400
        try council.amend { $0.replacing("timelock eject 1h", with: "timelock eject 3h") }
        let third = try check(council.chain, council)
        #expect(third.charter.version == 3 && third.genesis == council.genesis && third.index == council.charterIndex)
        #expect(third.effective >= council.now - 10 + 14 * 86_400)
    }

    @Test("the first one")
    func first() throws {
        let council = try later()
        try expect(.otherGenesis, council, genesis: Story.hash("x"))
        try expect(.otherGenesis, council) { $0 = [] }
        try expect(.charter(CharterRefusal.of(council, "vigil-charter/v1", "vigil-charter/v0")), council) {
            $0[0].charter = Array(council.charterText.replacing("vigil-charter/v1", with: "vigil-charter/v0").utf8)
        }
        try expect(.otherLogPolicy, council) { $0[0].logPolicy.append(0x0A) }
        try expect(.brokenChain, council) { $0[0].approvals = [[1]] }
        try expect(.brokenChain, council) { $0.append($0[0]) }
        try expect(.wrongEntry, council) { $0[0].entry.removeLast() }
        try expect(.wrongEntry, council) { $0[0].entry = council.log.entries[0] }
        try expect(.malformedProof, council) { $0[0].proof.removeFirst() }
        try expect(.malformedProof, council) { chain in
            let text = String(decoding: chain[0].proof, as: UTF8.self)
            chain[0].proof = Array(text.replacing("@v1\n", with: "@v1\nextra AQID\n").utf8)
        }
        try expect(.notLogged(.rootMismatch), council) { chain in
            let text = String(decoding: chain[0].proof, as: UTF8.self)
            chain[0].proof = Array(text.replacing("index 5", with: "index 4").utf8)
        }
        council.log.awake = [0, 1]
        let few = try council.log.proof(of: council.charterIndex, at: council.now)
        do {
            var chain = council.chain
            chain[0].proof = few
            _ = try check(chain, council)
            Issue.record("accepted")
        } catch ChainRefusal.checkpoint(.trust(.quorumMissed)) {}
    }

    @Test("policies: none, several logs, no witness, no policy at all")
    func policies() throws {
        func council(policy: [UInt8]) throws -> (Council, [CharterEvidence], DocumentHash) {
            let council = try Council()
            let hash = DocumentHash.of(document: council.policy, with: NativeCrypto.self).text
            let other = DocumentHash.of(document: policy, with: NativeCrypto.self).text
            let text = Array(council.charterText.replacing(hash, with: other).utf8)
            let document = DocumentHash.of(document: text, with: NativeCrypto.self)
            let index = try council.append(.charter, [(.version, "1"), (.document, document.text)])
            let evidence = CharterEvidence(
                charter: text,
                logPolicy: policy,
                entry: council.log.entries[Int(index)],
                proof: try council.log.proof(of: index, at: council.now),
                approvals: []
            )
            return (council, [evidence], document)
        }
        let plain = try Council()
        let bare = try council(policy: plain.log.policyText(quorum: 0))
        #expect(throws: ChainRefusal.checkpoint(.noWitnesses)) { try check(bare.1, bare.0, genesis: bare.2) }
        let second = try TestLog(name: "second.example", seed: 5).policyText(quorum: 0).prefix { $0 != 0x0A } + [0x0A]
        let two = try council(policy: second + plain.policy)
        #expect(throws: ChainRefusal.severalLogs) { try check(two.1, two.0, genesis: two.2) }
        let noise = try council(policy: Array("trust me\n".utf8))
        do {
            _ = try check(noise.1, noise.0, genesis: noise.2)
            Issue.record("accepted")
        } catch ChainRefusal.logPolicy(let refusal) {
            #expect(refusal.line == 1 && refusal.rule == .unknownKeyword)
        }
    }

    @Test("dates: logged when it says, and not a week after the one before")
    func dates() throws {
        func dated(_ line: String) throws -> Council {
            try Council(edit: { text in
                let issued = text.split(separator: "\n").first { $0.hasPrefix("issued") }.map(String.init) ?? ""
                return text.replacing(issued, with: line)
            })
        }
        let future = try dated("issued 2026-09-25T00:00:00Z")
        try expect(.issuedInFuture, future)
        let old = try dated("issued 2026-09-10T00:00:00Z")
        try expect(.loggedTooLate, old)
        let council = try Council()
        council.now += 6 * 86_400
        try council.amend()
        try expect(.issuedTooSoon, council)
    }

    @Test("a version follows the one before")
    func follows() throws {
        let hash = Story.hash("x").text
        for edit in [
            { (text: String) in text.replacing("version 2", with: "version 3") },
            { text in
                text.split(separator: "\n").map { $0.hasPrefix("prev") ? "prev \(hash)" : String($0) }
                    .joined(separator: "\n") + "\n"
            }, { $0.replacing("deployment meet.example", with: "deployment other.example") },
        ] {
            let council = try later()
            let text = try council.amended(edit)
            try council.publish(text, approvals: council.keepers(["kim", "kofi", "karl"], for: text))
            try expect(.brokenChain, council)
        }
        let council = try later()
        let other = try TestLog(name: "other.example", seed: 5)
        let policy = other.policyText()
        let hashes = (
            DocumentHash.of(document: council.policy, with: NativeCrypto.self).text,
            DocumentHash.of(document: policy, with: NativeCrypto.self).text
        )
        let text = try council.amended { $0.replacing(hashes.0, with: hashes.1) }
        try council.publish(text, approvals: council.keepers(["kim", "kofi", "karl"], for: text), policy: policy)
        try expect(.otherLog, council)
    }

    @Test("other witnesses, as the old ones saw and the keepers signed")
    func newWitnesses() throws {
        let council = try later()
        let policy = council.log.policyText(quorum: 6)
        let hashes = (
            DocumentHash.of(document: council.policy, with: NativeCrypto.self).text,
            DocumentHash.of(document: policy, with: NativeCrypto.self).text
        )
        let text = try council.amended { $0.replacing(hashes.0, with: hashes.1) }
        try council.publish(text, approvals: council.keepers(["kim", "kofi", "karl"], for: text), policy: policy)
        #expect(throws: Never.self) { try check(council.chain, council) }
    }

    @Test("keepers")
    func keepers() throws {
        let kim = try Council.name("kim")
        func council(_ signers: [String], _ edit: (String) -> String = { $0 }) throws -> Council {
            let council = try later()
            let text = try council.amended(edit)
            let approvals = try council.keepers(signers, for: text)
            try council.publish(text, approvals: approvals)
            return council
        }
        let all = ["kim", "kofi", "karl"]
        for missing in all { try expect(.oldQuorumMissed, council(all.filter { $0 != missing })) }
        try expect(.oldQuorumMissed, council(["alice", "bob", "carol"]))
        try expect(.keeperTwice(kim), council(all + ["kim"]))
        // Fewer are enough for the old version than the new one asks for.
        let loose = try Council(edit: { $0.replacing("group keepers 3", with: "group keepers 2") })
        loose.now += 8 * 86_400
        let strict = try loose.amended { $0.replacing("group keepers 2", with: "group keepers 3") }
        try loose.publish(strict, approvals: loose.keepers(["kim", "kofi"], for: strict))
        try expect(.newQuorumMissed, loose)
        let solo = try Council(template: .solo, people: [])
        solo.now += 8 * 86_400
        try solo.publish(solo.amended(), approvals: [])
        try expect(.cannotChange, solo)

        let good = try council(all)
        #expect(throws: Never.self) { try check(good.chain, good) }
        try expect(.approval(.wrongHeader), good) { $0[1].approvals[0] = [1] }
        let other = try good.passkey("kim").sign(
            CharterApproval(charter: Story.hash("x"), previous: good.genesis, seat: kim)
        )
        try expect(.approvalOfAnother, good) { $0[1].approvals[0] = other.text }
        let forged = try good.passkey("alice").sign(
            CharterApproval(charter: good.charterHash, previous: good.genesis, seat: kim)
        )
        try expect(.assertion(kim, .otherSeatsCredential(try Council.name("alice"))), good) {
            $0[1].approvals[0] = forged.text
        }
    }

    @Test("after it has expired nobody renews it")
    func renewedTooLate() throws {
        let council = try Council(edit: { text in
            let line = text.split(separator: "\n").first { $0.hasPrefix("expires") }.map(String.init) ?? ""
            return text.replacing(line, with: "expires 2026-09-25T00:00:00Z")
        })
        council.now += 8 * 86_400
        try council.amend()
        try expect(.renewedTooLate, council)
    }
}

extension CharterRefusal {
    /// What reading an edited charter says.
    fileprivate static func of(_ council: Council, _ part: String, _ other: String) -> CharterRefusal {
        do {
            _ = try Charter(
                parsing: Array(council.charterText.replacing(part, with: other).utf8),
                with: NativeCrypto.self
            )
        } catch {
            return error
        }
        fatalError("the edited charter was accepted")
    }
}
