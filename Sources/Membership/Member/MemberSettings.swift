// SPDX-License-Identifier: Apache-2.0

public import Base

/// What somebody brings along besides their keys: how they are called, and the rules if they found the meeting.
public struct MemberSettings: Sendable, WireCodable {
    /// UTF-8.
    public var name: [UInt8]
    public var flags: PersonFlags
    public var accountable = false
    public var lobby = false
    public var absence = MeetingPolicy.Absence.wait
    public var history = MeetingPolicy.History.chat
    /// The same keys were in the meeting before, in a page that is gone: come back to their place.
    public var isReturning = false

    public init(name: [UInt8], flags: PersonFlags = []) {
        self.name = name
        self.flags = flags
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        name = try reader.readOpaque()
        flags = PersonFlags(rawValue: try UInt8(reading: &reader))
        accountable = try reader.readFlag()
        lobby = try reader.readFlag()
        guard let absence = MeetingPolicy.Absence(rawValue: try UInt8(reading: &reader)) else { throw .unknownValue }
        guard let history = MeetingPolicy.History(rawValue: try UInt8(reading: &reader)) else { throw .unknownValue }
        self.absence = absence
        self.history = history
        isReturning = try reader.readFlag()
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeOpaque(name)
        writer.write(flags.rawValue)
        writer.writeFlag(accountable)
        writer.writeFlag(lobby)
        writer.write(absence.rawValue)
        writer.write(history.rawValue)
        writer.writeFlag(isReturning)
    }
}
