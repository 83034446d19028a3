// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings

/// Values for tests. Unwrapping is fine here: a sample that isn't one should stop the test run.
enum Samples {
    static let meeting = MeetingID("AAAAAAAAAAAAAAAAAAAAAA")!
    static let otherMeeting = MeetingID("BBBBBBBBBBBBBBBBBBBBBB")!
    static let ana = ParticipantID(rawValue: 0xA)
    static let bo = ParticipantID(rawValue: 0xB)

    static func resume(_ byte: UInt8) -> ResumeToken {
        ResumeToken(Base64URL.encode([UInt8](repeating: byte, count: 32)))!
    }
}
