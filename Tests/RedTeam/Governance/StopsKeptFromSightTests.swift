// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// A stop that the node doesn't want to be seen, and a log that is shown as it was.
@Suite("Stops that are kept from sight")
struct StopsKeptFromSightTests {
    @Test("an advocate halts, and the log won't take it: the halt itself is enough")
    func outsideTheLog() throws {
        let story = try Story.complete(.eject)
        let ada = try Council.name("ada")
        #expect(try refusal(of: story) == nil)
        let halt = try story.council.stop("ada", .halt(story.nonceHash()))
        let carried = try Signed<Stop>(parsing: halt.text)
        #expect(try refusal(of: story, stops: [carried]) == .stopped([ada]))
    }

    @Test("nobody says that there is no halt")
    func noReceipt() throws {
        let story = try Story.complete(.eject)
        story.noStops = []
        #expect(try refusal(of: story) == .noStopMissing)
    }

    @Test("a receipt from before the lock was over, kept for later")
    func oldReceipt() throws {
        let story = Story(try Council())
        try story.approve(.eject)
        try story.notify()
        try story.council.mark()
        try story.noStop("ada")
        story.wait(Story.lock(of: .eject))
        try story.council.mark()
        #expect(try refusal(of: story) == .noStopTooEarly(try Council.name("ada")))
    }

    @Test("a halt a second before the act")
    func lastSecond() throws {
        let story = try Story.complete(.eject)
        try story.log(.halt, [(.actor, "ada"), (.nonceHash, story.nonceHash().text)])
        #expect(try refusal(of: story) == .stopped([try Council.name("ada")]))
    }

    @Test("the log as it was before the halt")
    func rolledBack() throws {
        let story = try Story.complete(.eject)
        let (before, size) = (try story.bundle(), story.council.log.entries.count)
        try story.log(.halt, [(.actor, "ada"), (.nonceHash, story.nonceHash().text)])
        let old = try story.council.log.checkpoint(at: story.council.now, size: size)
        story.wait(660)
        #expect(try refusal(of: story, before, checkpoint: old) == .staleCheckpoint)
        // A verifier who asked the witnesses knows the larger tree.
        #expect(try refusal(of: story, before) == .range(.endsEarly))
    }

    @Test("the log without the halt")
    func forked() throws {
        let story = try Story.complete(.eject)
        try story.log(.halt, [(.actor, "ada"), (.nonceHash, story.nonceHash().text)])
        var bundle = try story.bundle()
        bundle.entries[bundle.entries.count - 1] = story.council.log.entries[0]
        #expect(try refusal(of: story, bundle) == .range(.forked))
        story.council.log.awake = [0, 1, 2, 3]
        let few = try story.council.log.checkpoint(at: story.council.now)
        guard case .range(.execution(.trust(.quorumMissed)))? = try refusal(of: story, checkpoint: few) else {
            Issue.record("four witnesses of seven were enough")
            return
        }
    }

    @Test("after its time")
    func expired() throws {
        let story = try Story.complete(.eject)
        story.wait(20 * 86_400)
        #expect(try refusal(of: story) == .expired)
    }
}
