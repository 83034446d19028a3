// SPDX-License-Identifier: Apache-2.0

public import Base

/// What happens to a member: words of the node, wishes of the person, and time.
public enum MemberInput: Sendable, WireDecodable {
    // The connection to the node.
    /// A socket is open.
    case opened
    /// It is gone.
    case closed
    indirect case node(NodeMessage)

    // The person.
    case state(PersonFlags)
    case rename([UInt8])
    case say(id: [UInt8], text: [UInt8], to: ParticipantID?)
    case react([UInt8])
    case admit(ParticipantID)
    case admitAll
    case deny(ParticipantID)
    case mute(ParticipantID)
    case muteAll
    case lowerHand(ParticipantID)
    case remove(ParticipantID)
    case lock(Bool)
    case lobby(Bool)
    case absence(MeetingPolicy.Absence)
    case history(MeetingPolicy.History)
    case cohost(ParticipantID, Bool)
    case resetLink
    case compare
    case end
    case leave

    // The media side.
    case counts(FrameCounts)

    /// ``Member/nextDeadline`` has come.
    case timeout

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        switch try UInt8(reading: &reader) {
        case 0: self = .opened
        case 1: self = .closed
        case 2: self = .node(try NodeMessage(reading: &reader))
        case 3: self = .state(PersonFlags(rawValue: try UInt8(reading: &reader)))
        case 4: self = .rename(try reader.readOpaque())
        case 5:
            let id = try reader.readOpaque()
            let text = try reader.readOpaque()
            self = .say(id: id, text: text, to: try reader.readFlag() ? try reader.readParticipant() : nil)
        case 6: self = .react(try reader.readOpaque())
        case 7: self = .admit(try reader.readParticipant())
        case 8: self = .admitAll
        case 9: self = .deny(try reader.readParticipant())
        case 10: self = .mute(try reader.readParticipant())
        case 11: self = .muteAll
        case 12: self = .lowerHand(try reader.readParticipant())
        case 13: self = .remove(try reader.readParticipant())
        case 14: self = .lock(try reader.readFlag())
        case 15: self = .lobby(try reader.readFlag())
        case 16:
            guard let absence = MeetingPolicy.Absence(rawValue: try UInt8(reading: &reader)) else {
                throw .unknownValue
            }
            self = .absence(absence)
        case 17:
            guard let history = MeetingPolicy.History(rawValue: try UInt8(reading: &reader)) else {
                throw .unknownValue
            }
            self = .history(history)
        case 18: self = .cohost(try reader.readParticipant(), try reader.readFlag())
        case 19: self = .resetLink
        case 20: self = .compare
        case 21: self = .end
        case 22: self = .leave
        case 23: self = .counts(try FrameCounts(reading: &reader))
        case 24: self = .timeout
        default: throw .unknownValue
        }
    }
}
