// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// What members say to each other: ciphertext, passed on.
extension Meeting {
    /// Epochs back that a message may come from: others may have moved on while it was under way.
    private static var openEpochs: UInt64 { 16 }

    mutating func relay(
        _ message: [UInt8],
        to target: ParticipantID?,
        request: Int?,
        from sender: ParticipantID,
        on connection: ConnectionID,
        now: Moment
    ) {
        guard case .privateMessage(let envelope)? = try? MessageIn(decoding: message).message,
            envelope.contentType == .application, envelope.groupID == epoch.group.groupID
        else { return refuseOffence(connection, .malformed, "message", request: request) }
        guard envelope.epoch <= epoch.number, epoch.number - envelope.epoch <= Self.openEpochs else {
            return refuse(connection, .stale, "message", request: request)
        }
        guard let target else {
            return broadcast(message, request: request, from: sender, on: connection, now: now)
        }
        // Kept nowhere: who isn't connected doesn't get it, and the sender is told.
        guard target != sender, let reader = index(of: target).flatMap({ members[$0].connection }) else {
            return refuse(connection, .noSuchParticipant, "message", request: request)
        }
        guard deliveries.take(size: message.count, receivers: 1) else {
            return refuse(connection, .rate, "messages of this meeting", request: request)
        }
        send(.message(sequence: nil, from: sender, message: message), to: reader)
        if let request { send(.sent(request: request, sequence: nil), to: connection) }
    }

    private mutating func broadcast(
        _ message: [UInt8],
        request: Int?,
        from sender: ParticipantID,
        on connection: ConnectionID,
        now: Moment
    ) {
        let others = connections(except: sender)
        guard deliveries.take(size: message.count, receivers: others.count + 1) else {
            return refuse(connection, .rate, "messages of this meeting", request: request)
        }
        let numbered = backlog.append(size: message.count, now: now) {
            .message(sequence: $0, from: sender, message: message)
        }
        send(numbered, to: others)
        if let request { send(.sent(request: request, sequence: backlog.sequence), to: connection) }
    }

    /// A member may ask to go, in public so that the node sees it too. Nothing else is proposed by itself.
    mutating func propose(_ bytes: [UInt8], by index: Int, on connection: ConnectionID, now: Moment) {
        let sender = members[index].id
        do throws(MLSRefusal) {
            let message = try MessageIn(decoding: bytes)
            guard case .publicMessage(let opened) = message.message, opened.content.content == .proposal(.selfRemove),
                let leaf = epoch.leaves[sender], opened.content.sender == .member(leaf)
            else { throw .selfRemoveNotFromMember }
            guard opened.content.epoch == epoch.number else {
                return refuse(connection, .stale, "proposal")
            }
            let others = connections(except: sender)
            guard deliveries.take(size: bytes.count, receivers: others.count) else {
                return refuse(connection, .rate, "proposals of this meeting")
            }
            try epoch.insert(message)
            members[index].goesIn = epoch.number
            send(numbered(bytes, now: now), to: others)
        } catch {
            refuseOffence(connection, .proposal, error.rule)
        }
    }

    private mutating func numbered(_ proposal: [UInt8], now: Moment) -> ServerMessage {
        backlog.append(size: proposal.count, now: now) { .proposal(sequence: $0, proposal: proposal) }
    }

    /// Asks the members to remove who has been lost for long, again in each epoch until they do. With nobody there the
    /// node asks nobody.
    mutating func proposeRemovals(now: Moment) {
        guard isAnybodyThere else { return }
        for index in members.indices {
            guard let graceEnds = members[index].graceEnds, graceEnds <= now, members[index].goesIn != epoch.number
            else { continue }
            members[index].goesIn = epoch.number
            // Unseen by tests: a leaf that is there can be proposed by the key that the group lists.
            guard let leaf = epoch.leaves[members[index].id],
                let proposal = try? nodeKey.removal(of: leaf, from: epoch.group),
                (try? epoch.insert(MessageIn(proposal))) != nil
            else { continue }
            send(numbered(proposal.encoded, now: now), to: connections())
        }
    }
}
