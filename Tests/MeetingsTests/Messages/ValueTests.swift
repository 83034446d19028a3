// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing

@Suite("Tokens, and what isn't printable")
struct ValueTests {
    @Test("tokens are 32 bytes in one spelling")
    func tokens() {
        let text = Samples.resume(1).text
        #expect(text.count == 43)
        #expect(ResumeToken(text)?.text == text)
        #expect(ResumeToken(text + "=") == nil)
        #expect(ResumeToken(String(text.dropLast())) == nil)
        #expect(Samples.resume(1) == Samples.resume(1))
        #expect(Samples.resume(1) != Samples.resume(2))
    }

    @Test("nothing about a person or a secret is printable")
    func redacted() {
        let canary = "Canary-7f3a"
        let bytes = Array(canary.utf8)
        let entrance = Entrance(
            own: Samples.ana,
            resume: Samples.resume(7),
            epoch: 0,
            sequence: 0,
            participants: []
        )
        let join = JoinRequest(meeting: Samples.meeting, keyPackage: [], resume: Samples.resume(7))
        let values: [Any] = [
            entrance, ServerMessage.welcome(entrance), ServerMessage.published(request: 1, answer: canary),
            ServerMessage.message(sequence: 1, from: Samples.ana, message: bytes),
            ClientMessage.message(bytes, to: nil, request: nil), ClientMessage.join(join), join,
            ClientMessage.publish(request: 1, offer: canary, sources: []),
            MediaCommand.publish(Samples.ana, request: 1, offer: canary, sources: []),
            MediaEvent.published(Samples.ana, request: 1, answer: canary), Samples.resume(7),
            DirectoryAction.send(.published(request: 1, answer: canary), to: []),
            ICEServer(urls: [canary], username: canary, credential: canary),
        ]
        let spelled = "\(bytes)".dropFirst().dropLast()
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for text in [dumped, "\(value)", String(reflecting: value)] {
                #expect(!text.contains(canary) && !text.contains(spelled))
                #expect(!text.contains(Samples.resume(7).text))
            }
        }
    }
}
