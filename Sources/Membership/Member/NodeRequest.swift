// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a member tells the node. On the wire between client and node it is JSON (docs/protocol.md).
public enum NodeRequest: Sendable, WireEncodable {
    public struct Commit: Sendable {
        public var request: UInt32
        public var epoch: UInt64
        public var commit: [UInt8]
        /// Empty if nobody is added.
        public var welcome: [UInt8]
        /// Sealed under the current link, of the epoch that the commit leads to.
        public var groupInfo: [UInt8]
        /// Set when the commit changes the link: what the node then knows the room by, and the card under it.
        public var link: (alias: [UInt8], card: [UInt8])?
        public var invitations: [(participant: ParticipantID, invitation: [UInt8])]
    }

    /// `create`: we could found the room. Empty `resume`: a fresh arrival.
    case join(alias: [UInt8], keyPackage: [UInt8], create: Bool, resume: [UInt8], since: UInt64)
    case found(groupInfo: [UInt8], tree: [UInt8], sealedGroupInfo: [UInt8], card: [UInt8])
    case knock([UInt8])
    case look
    indirect case commit(Commit)
    /// `request` is 0 where no answer is needed.
    case message(request: UInt32, message: [UInt8], to: ParticipantID?)
    case propose([UInt8])
    case ack(epoch: UInt64)
    case refuse([UInt8])
    case deny(ParticipantID)
    case end
    case leave
    /// Close this socket and open another: what we have is out of step.
    case reconnect

    public func write(into writer: inout ByteWriter) {
        switch self {
        case .join(let alias, let keyPackage, let create, let resume, let since):
            writer.write(UInt8(0))
            writer.writeOpaque(alias)
            writer.writeOpaque(keyPackage)
            writer.writeFlag(create)
            writer.writeOpaque(resume)
            writer.write(since)
        case .found(let groupInfo, let tree, let sealedGroupInfo, let card):
            writer.write(UInt8(1))
            writer.writeOpaque(groupInfo)
            writer.writeOpaque(tree)
            writer.writeOpaque(sealedGroupInfo)
            writer.writeOpaque(card)
        case .knock(let knock):
            writer.write(UInt8(2))
            writer.writeOpaque(knock)
        case .look: writer.write(UInt8(3))
        case .commit(let commit):
            writer.write(UInt8(4))
            commit.write(into: &writer)
        case .message(let request, let message, let to):
            writer.write(UInt8(5))
            writer.write(request)
            writer.writeOpaque(message)
            writer.writeFlag(to != nil)
            if let to { writer.write(to) }
        case .propose(let proposal):
            writer.write(UInt8(6))
            writer.writeOpaque(proposal)
        case .ack(let epoch):
            writer.write(UInt8(7))
            writer.write(epoch)
        case .refuse(let refusal):
            writer.write(UInt8(8))
            writer.writeOpaque(refusal)
        case .deny(let participant):
            writer.write(UInt8(9))
            writer.write(participant)
        case .end: writer.write(UInt8(10))
        case .leave: writer.write(UInt8(11))
        case .reconnect: writer.write(UInt8(12))
        }
    }
}

extension NodeRequest.Commit: WireEncodable {
    public func write(into writer: inout ByteWriter) {
        writer.write(request)
        writer.write(epoch)
        writer.writeOpaque(commit)
        writer.writeOpaque(welcome)
        writer.writeOpaque(groupInfo)
        writer.writeFlag(link != nil)
        if let link {
            writer.writeOpaque(link.alias)
            writer.writeOpaque(link.card)
        }
        writer.writeVector { writer in
            for entry in invitations {
                writer.write(entry.participant)
                writer.writeOpaque(entry.invitation)
            }
        }
    }
}
