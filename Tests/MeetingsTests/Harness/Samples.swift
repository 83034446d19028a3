// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings

/// Values for tests. Unwrapping is fine here: a sample that isn't one should stop the test run.
enum Samples {
    static let meeting = MeetingID("AAAAAAAAAAAAAAAAAAAAAA")!
    static let otherMeeting = MeetingID("BBBBBBBBBBBBBBBBBBBBBB")!
    static let ana = ParticipantID(rawValue: 0xA)
    static let bo = ParticipantID(rawValue: 0xB)
    static let hostToken = token(1)

    static func token(_ byte: UInt8) -> HostToken {
        HostToken(Base64URL.encode([UInt8](repeating: byte, count: 32)))!
    }

    static func resume(_ byte: UInt8) -> ResumeToken {
        ResumeToken(Base64URL.encode([UInt8](repeating: byte, count: 32)))!
    }

    static func name(_ text: String) -> DisplayName { DisplayName(text)! }
    static func text(_ text: String) -> ChatText { ChatText(text)! }
    static func chatID(_ text: String) -> ChatMessageID { ChatMessageID(text)! }

    /// Not a hash anyone should use; different for different inputs is all that the logic needs.
    @Sendable
    static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        var digest: [UInt8] = []
        for round in 0..<4 as Range<UInt8> {
            for byte in bytes + [round] { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
            for shift in 0..<8 as Range<UInt64> { digest.append(UInt8(truncatingIfNeeded: state >> (shift * 8))) }
        }
        return digest
    }
}
