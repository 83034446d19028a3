// SPDX-License-Identifier: Apache-2.0

public import Base

/// What the node says about the group. All of it is hearsay until the member has checked it. The wire form between node
/// and client is JSON (docs/protocol.md); this one is for the browser's core.
public enum NodeMessage: Sendable, WireDecodable {
    public struct Door: Sendable {
        public var card: [UInt8]
        /// Whether the link that we came by is the current one.
        public var isCurrent: Bool
        public var epoch: UInt64
        public var generation: UInt32
        public var lobby: Bool
        public var locked: Bool
        public var hostPresent: Bool
        /// Asked about before anybody inside hears of us; that it is true shows when we are in.
        public var accountable: Bool

        public init(
            card: [UInt8],
            isCurrent: Bool,
            epoch: UInt64,
            generation: UInt32,
            lobby: Bool,
            locked: Bool,
            hostPresent: Bool,
            accountable: Bool
        ) {
            self.card = card
            self.isCurrent = isCurrent
            self.epoch = epoch
            self.generation = generation
            self.lobby = lobby
            self.locked = locked
            self.hostPresent = hostPresent
            self.accountable = accountable
        }
    }

    public struct Present: Sendable, WireDecodable {
        public let participant: ParticipantID
        public let connected: Bool

        public init(participant: ParticipantID, connected: Bool) {
            self.participant = participant
            self.connected = connected
        }

        public init(reading reader: inout ByteReader) throws(WireRefusal) {
            participant = try reader.readParticipant()
            connected = try reader.readFlag()
        }
    }

    public struct SealedKnock: Sendable, WireDecodable {
        public let participant: ParticipantID
        /// 22 letters: the link that was used.
        public let alias: [UInt8]
        public let knock: [UInt8]

        public init(participant: ParticipantID, alias: [UInt8], knock: [UInt8]) {
            self.participant = participant
            self.alias = alias
            self.knock = knock
        }

        public init(reading reader: inout ByteReader) throws(WireRefusal) {
            participant = try reader.readParticipant()
            alias = try reader.readOpaque()
            knock = try reader.readOpaque()
        }
    }

    public struct Welcome: Sendable {
        public var isResumed: Bool
        /// What brings us back after a cut.
        public var resume: [UInt8]
        public var epoch: UInt64
        public var sequence: UInt64
        public var present: [Present]
        public var knocks: [SealedKnock]
        /// When a member's commit took us in: its Welcome, the tree beside it, and for those who had an older link the
        /// current one.
        public var welcome: [UInt8]
        public var tree: [UInt8]
        public var invitation: [UInt8]

        public init(
            isResumed: Bool,
            resume: [UInt8],
            epoch: UInt64,
            sequence: UInt64,
            present: [Present],
            knocks: [SealedKnock] = [],
            welcome: [UInt8] = [],
            tree: [UInt8] = [],
            invitation: [UInt8] = []
        ) {
            self.isResumed = isResumed
            self.resume = resume
            self.epoch = epoch
            self.sequence = sequence
            self.present = present
            self.knocks = knocks
            self.welcome = welcome
            self.tree = tree
            self.invitation = invitation
        }
    }

    case door(Door)
    /// No such room yet. The key is the node's own, for the group's external senders.
    case vacant(nodeKey: [UInt8])
    case welcome(Welcome)
    case waiting(hostPresent: Bool)
    case commit(sequence: UInt64, epoch: UInt64, commit: [UInt8])
    case proposal(sequence: UInt64, proposal: [UInt8])
    /// `sequence` is 0 for a message to us alone.
    case message(sequence: UInt64, from: ParticipantID, message: [UInt8])
    case ready(epoch: UInt64)
    case reopened(sequence: UInt64, epoch: UInt64, refusals: [[UInt8]])
    case knock(SealedKnock)
    case knockGone(ParticipantID)
    case participant(Present)
    case group(epoch: UInt64, groupInfo: [UInt8], tree: [UInt8])
    case accepted(request: UInt32, epoch: UInt64, sequence: UInt64)
    case sent(request: UInt32)
    /// `request` is 0 where the node names none.
    case error(code: [UInt8], request: UInt32, detail: [UInt8])
    case refused(reason: [UInt8])
    case removed
    case ended

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        switch try UInt8(reading: &reader) {
        case 0:
            self = .door(
                Door(
                    card: try reader.readOpaque(),
                    isCurrent: try reader.readFlag(),
                    epoch: try UInt64(reading: &reader),
                    generation: try UInt32(reading: &reader),
                    lobby: try reader.readFlag(),
                    locked: try reader.readFlag(),
                    hostPresent: try reader.readFlag(),
                    accountable: try reader.readFlag()
                )
            )
        case 1: self = .vacant(nodeKey: try reader.readOpaque())
        case 2:
            self = .welcome(
                Welcome(
                    isResumed: try reader.readFlag(),
                    resume: try reader.readOpaque(),
                    epoch: try UInt64(reading: &reader),
                    sequence: try UInt64(reading: &reader),
                    present: try reader.readVector(of: Present.self),
                    knocks: try reader.readVector(of: SealedKnock.self),
                    welcome: try reader.readOpaque(),
                    tree: try reader.readOpaque(),
                    invitation: try reader.readOpaque()
                )
            )
        case 3: self = .waiting(hostPresent: try reader.readFlag())
        case 4:
            self = .commit(
                sequence: try UInt64(reading: &reader),
                epoch: try UInt64(reading: &reader),
                commit: try reader.readOpaque()
            )
        case 5: self = .proposal(sequence: try UInt64(reading: &reader), proposal: try reader.readOpaque())
        case 6:
            self = .message(
                sequence: try UInt64(reading: &reader),
                from: try reader.readParticipant(),
                message: try reader.readOpaque()
            )
        case 7: self = .ready(epoch: try UInt64(reading: &reader))
        case 8:
            self = .reopened(
                sequence: try UInt64(reading: &reader),
                epoch: try UInt64(reading: &reader),
                refusals: try reader.readOpaques()
            )
        case 9: self = .knock(try SealedKnock(reading: &reader))
        case 10: self = .knockGone(try reader.readParticipant())
        case 11: self = .participant(try Present(reading: &reader))
        case 12:
            self = .group(
                epoch: try UInt64(reading: &reader),
                groupInfo: try reader.readOpaque(),
                tree: try reader.readOpaque()
            )
        case 13:
            self = .accepted(
                request: try UInt32(reading: &reader),
                epoch: try UInt64(reading: &reader),
                sequence: try UInt64(reading: &reader)
            )
        case 14: self = .sent(request: try UInt32(reading: &reader))
        case 15:
            self = .error(
                code: try reader.readOpaque(),
                request: try UInt32(reading: &reader),
                detail: try reader.readOpaque()
            )
        case 16: self = .refused(reason: try reader.readOpaque())
        case 17: self = .removed
        case 18: self = .ended
        default: throw .unknownValue
        }
    }
}
