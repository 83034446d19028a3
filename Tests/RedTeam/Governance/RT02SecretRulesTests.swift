// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// Secret rules, and rules that are changed in a hurry: RT-02 (an unpublished plan) and RT-05 (a storage place or custodian in the coercer's reach).
@Suite("RT-02, RT-05: other rules than the published ones")
struct RT02SecretRulesTests {
    @Test("a charter that isn't in the log, or whose entry is another's")
    func unlogged() throws {
        let story = try Story.complete(.eject)
        var bundle = try story.bundle()
        let other = try TestLog()
        other.append(bundle.charters[0].entry)
        // Another log with the same keys: the proof holds, but the entry isn't where it says.
        bundle.charters[0].proof = try other.proof(of: 0, at: story.council.now - 60)
        #expect(try refusal(of: story, bundle) == .charterNotInRange)
        bundle = try story.bundle()
        bundle.charters[0].entry = story.council.log.entries[0]
        #expect(try refusal(of: story, bundle) == .chain(.wrongEntry))
    }

    @Test("a seat more, without keepers, with too few of them, or at once")
    func addedSeat() throws {
        let council = try Council()
        council.now += 8 * 86_400
        let added = { (text: String) in
            text.replacing("group counsel-two 2 alice", with: "group counsel-two 2 eve alice").replacing(
                "dan eve ned",
                with: "dan ned"
            )
        }
        let text = try council.amended(added)
        for signers in [[], ["kim"], ["kim", "kofi"]] {
            var chain = council.chain
            let hash = DocumentHash.of(document: text, with: NativeCrypto.self)
            let index = try council.append(.charter, [(.version, "2"), (.document, hash.text)])
            chain.append(
                CharterEvidence(
                    charter: text,
                    logPolicy: council.policy,
                    entry: council.log.entries[Int(index)],
                    proof: try council.log.proof(of: index, at: council.now),
                    approvals: try council.keepers(signers, for: text)
                )
            )
            #expect(throws: ChainRefusal.oldQuorumMissed) {
                try CharterInForce(
                    chain: chain,
                    genesis: council.genesis,
                    now: #require(CosignatureTime(seconds: council.now)),
                    with: NativeCrypto.self
                )
            }
        }
        let hurried = try Council()
        hurried.now += 8 * 86_400
        try hurried.amend()
        hurried.now += 60
        hurried.forgetMarks()
        try hurried.mark()
        #expect(try refusal(of: Story.complete(.eject, council: hurried)) == .charterNotInEffect)
    }

    @Test("the old charter, which is more convenient")
    func superseded() throws {
        let council = try Council()
        council.now += 8 * 86_400
        try council.mark()
        // A newer version was logged and has come into effect; the bundle's chain ends before it.
        _ = try council.append(.charter, [(.version, "2"), (.document, Story.hash("version 2").text)])
        council.now += 15 * 86_400
        try council.mark()
        council.now += 60
        let story = try Story.complete(.eject, council: council)
        #expect(try refusal(of: story) == .charterSuperseded)
        // Hidden by beginning behind it.
        let late = try story.bundle(from: council.charterIndex + 2)
        #expect(try refusal(of: story, late) != nil)
    }
}
