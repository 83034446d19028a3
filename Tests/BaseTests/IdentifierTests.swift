// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    @Test("a participant id survives its text form", arguments: [0, 1, 0x0123_4567_89AB_CDEF, UInt64.max])
    func participantRoundTrip(value: UInt64) {
        let id = ParticipantID(rawValue: value)
        #expect(ParticipantID(id.text) == id)
    }

    @Test(
        "what is no participant id is nothing",
        arguments: ["", "0123", "0123456789ABCDEF", "0123456789abcdeg", "é123456789abcde"]
    )
    func participantRefusals(text: String) {
        #expect(ParticipantID(text) == nil)
    }

    @Test("a meeting alias is 22 characters of base64url")
    func meetingAlias() {
        #expect(MeetingID("AAAAAAAAAAAAAAAAAAAAA-") != nil)
        #expect(MeetingID("AAAAAAAAAAAAAAAAAAAAA") == nil)
        #expect(MeetingID("AAAAAAAAAAAAAAAAAAAAA/") == nil)
        #expect(MeetingID("AAAAAAAAAAAAAAAAAAAAAé") == nil)
    }
}
