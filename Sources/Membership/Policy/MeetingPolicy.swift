// SPDX-License-Identifier: Apache-2.0

public import Base
public import MLS

/// The rules that a group has given itself, as an extension of the GroupContext: everybody agrees on them in each epoch.
public struct MeetingPolicy: Hashable, Sendable, WireCodable {
    /// Of the range for private use (RFC 9420 §17.3).
    public static let extensionType = ExtensionType(rawValue: 0xF101)
    static let version: UInt8 = 1
    /// Co-hosts at most.
    public static let maximumCohosts = 64

    /// What happens at a closed door while no host or co-host is in the meeting.
    public enum Absence: UInt8, Hashable, Sendable, CaseIterable {
        /// People wait.
        case wait = 0
        /// Any member may let in.
        case membersAdmit = 1
    }

    /// What those who come later are told of what was said before.
    public enum History: UInt8, Hashable, Sendable, CaseIterable {
        case nothing = 0
        /// The public chat.
        case chat = 1
    }

    /// Of the ``Card``; never changes.
    public let cardHash: [UInt8]
    /// The card's; never changes.
    public let hostKey: [UInt8]
    /// Signed messages may count as evidence here; fixed when the meeting is founded.
    public let accountable: Bool
    public var cohosts: [ParticipantID]
    /// Only hosts and co-hosts let in.
    public var lobby: Bool
    /// Nobody new comes in but a host.
    public var locked: Bool
    public var absence: Absence
    public var history: History
    /// Which link lets in. Raised by every removal and by a reset: older links only knock.
    public var linkGeneration: UInt32

    public init(
        cardHash: [UInt8],
        hostKey: [UInt8],
        accountable: Bool = false,
        cohosts: [ParticipantID] = [],
        lobby: Bool = false,
        locked: Bool = false,
        absence: Absence = .wait,
        history: History = .chat,
        linkGeneration: UInt32 = 1
    ) {
        self.cardHash = cardHash
        self.hostKey = hostKey
        self.accountable = accountable
        self.cohosts = cohosts
        self.lobby = lobby
        self.locked = locked
        self.absence = absence
        self.history = history
        self.linkGeneration = linkGeneration
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        guard try UInt8(reading: &reader) == MeetingPolicy.version else { throw .unknownValue }
        cardHash = try reader.readOpaque()
        hostKey = try reader.readOpaque()
        guard cardHash.count == 32, hostKey.count == 32 else { throw .invalidStructure }
        accountable = try reader.readFlag()
        cohosts = try reader.readParticipants()
        guard cohosts.count <= MeetingPolicy.maximumCohosts else { throw .tooLarge }
        lobby = try reader.readFlag()
        locked = try reader.readFlag()
        guard let absence = Absence(rawValue: try UInt8(reading: &reader)) else { throw .unknownValue }
        guard let history = History(rawValue: try UInt8(reading: &reader)) else { throw .unknownValue }
        self.absence = absence
        self.history = history
        linkGeneration = try UInt32(reading: &reader)
    }

    public func write(into writer: inout ByteWriter) {
        writer.write(MeetingPolicy.version)
        writer.writeOpaque(cardHash)
        writer.writeOpaque(hostKey)
        writer.writeFlag(accountable)
        writer.writeParticipants(cohosts)
        writer.writeFlag(lobby)
        writer.writeFlag(locked)
        writer.write(absence.rawValue)
        writer.write(history.rawValue)
        writer.write(linkGeneration)
    }

    public var asExtension: Extension { Extension(type: MeetingPolicy.extensionType, data: encoded) }

    /// That of a group context, `nil` if it has none that can be read.
    public init?(_ extensions: Extensions) {
        guard let data = extensions[MeetingPolicy.extensionType], let policy = try? MeetingPolicy(decoding: data)
        else { return nil }
        self = policy
    }

    /// Whether all is as in another policy, but for the link, which changes by itself with a removal, and for a door that has
    /// been closed, which lets nobody in.
    func hasRules(of other: MeetingPolicy) -> Bool {
        var other = other
        other.linkGeneration = linkGeneration
        other.lobby = other.lobby || lobby
        other.locked = other.locked || locked
        return self == other
    }

    /// The pre-shared key that whoever comes in has to have: that of the current link.
    public var linkKeySource: PreSharedKeySource { MeetingPolicy.linkKeySource(generation: linkGeneration) }

    static func linkKeySource(generation: UInt32) -> PreSharedKeySource {
        .external(identifier: [UInt8](word: "vigil link") + generation.encoded)
    }
}
