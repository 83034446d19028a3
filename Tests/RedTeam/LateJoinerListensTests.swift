// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto
import Testing

@testable import MLS
@testable import Membership

/// T7: who comes later, and has from the node all that was sent before.
@Suite("A late joiner listens back")
struct LateJoinerListensTests {
    @Test("and opens nothing from before, however they came in", arguments: [false, true])
    func listens(byExternalCommit: Bool) throws {
        let trial = try Trial(["Kofi"])
        trial.stage.ask(trial.host, .history(.nothing))
        trial.stage.say(trial.host, "secret")
        let booths = trial.everybody.map(Booth.init)
        for booth in booths { try booth.follow(trial.stage.now) }
        let frame = try booths[0].seal("secret")
        #expect(try booths[1].open(frame, of: trial.host.id) == "secret")
        let record = trial.node.delivered
        if byExternalCommit {
            trial.node.interceptRequest = { request, _ in if case .knock = request { nil } else { request } }
        }
        let late = try trial.enter("Late")
        #expect(late.isInside && late.chat == [])
        let listener = Booth(late)
        try listener.follow(trial.stage.now)
        #expect(!listener.opens(frame))
        var state = try trial.keys(of: late)
        var messages = 0
        for (_, message) in record {
            guard case .message(_, _, let ciphertext) = message else { continue }
            messages += 1
            #expect(throws: MLSRefusal.self) { try state.receive(ciphertext, rules: OpenRules()) }
        }
        #expect(messages > 4)
        trial.node.interceptRequest = { request, _ in request }
        trial.expectTalking()
    }
}
