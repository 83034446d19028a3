// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// What members say to each other, as the content of MLS application messages. The node sees none of it.
enum MeetingMessage: Hashable, Sendable, WireCodable {
    indirect case statement(Statement)
    indirect case chat(ChatLine)
    indirect case direct(HPKECiphertext)
    /// One visible character in UTF-8.
    case reaction([UInt8])
    case hostAct(HostAct)
    case heartbeat(Heartbeat)
    indirect case greeting(Greeting)
    /// "Who is here?": asks whom it is sent to for a greeting.
    case ask
    case shortCode(ShortCodeMessage)

    static let longestReaction = 64

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        switch try UInt8(reading: &reader) {
        case 1: self = .statement(try Statement(reading: &reader))
        case 2: self = .chat(try ChatLine(reading: &reader))
        case 3: self = .direct(try HPKECiphertext(reading: &reader))
        case 4:
            let reaction = try reader.readOpaque()
            guard reaction.count <= MeetingMessage.longestReaction else { throw .tooLarge }
            self = .reaction(reaction)
        case 5: self = .hostAct(try HostAct(reading: &reader))
        case 6: self = .heartbeat(try Heartbeat(reading: &reader))
        case 7: self = .greeting(try Greeting(reading: &reader))
        case 8: self = .ask
        case 9: self = .shortCode(try ShortCodeMessage(reading: &reader))
        default: throw .unknownValue
        }
    }

    func write(into writer: inout ByteWriter) {
        switch self {
        case .statement(let statement):
            writer.write(UInt8(1))
            statement.write(into: &writer)
        case .chat(let line):
            writer.write(UInt8(2))
            line.write(into: &writer)
        case .direct(let ciphertext):
            writer.write(UInt8(3))
            ciphertext.write(into: &writer)
        case .reaction(let reaction):
            writer.write(UInt8(4))
            writer.writeOpaque(reaction)
        case .hostAct(let act):
            writer.write(UInt8(5))
            act.write(into: &writer)
        case .heartbeat(let heartbeat):
            writer.write(UInt8(6))
            heartbeat.write(into: &writer)
        case .greeting(let greeting):
            writer.write(UInt8(7))
            greeting.write(into: &writer)
        case .ask: writer.write(UInt8(8))
        case .shortCode(let message):
            writer.write(UInt8(9))
            message.write(into: &writer)
        }
    }
}
