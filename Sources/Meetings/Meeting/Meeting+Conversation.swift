// SPDX-License-Identifier: Apache-2.0

import Base

/// What participants say about themselves and to each other.
extension Meeting {
    mutating func apply(_ change: StateChange, to index: Int) {
        let before = members[index].view
        if let microphone = change.microphone { members[index].view.microphone = microphone }
        if let camera = change.camera { members[index].view.camera = camera }
        if let screen = change.screen { members[index].view.screen = screen }
        if let hand = change.hand { members[index].view.hand = hand }
        if change.microphone == true, members[index].isMutedByHost {
            members[index].isMutedByHost = false
            perform(.pause(members[index].microphone, false))
        }
        // Not to the participant: it knows, and an echo that is overtaken by its next change would flicker.
        if members[index].view != before { showOthers(index) }
    }

    mutating func rename(_ index: Int, to name: DisplayName) {
        guard members[index].view.name != name else { return }
        members[index].view.name = name
        showChange(of: index)
    }

    mutating func say(
        _ id: ChatMessageID,
        _ text: ChatText,
        to target: ParticipantID?,
        from index: Int,
        on connection: ConnectionID,
        now: Moment
    ) {
        let sender = members[index].view
        let entry = ChatEntry(
            id: id,
            from: sender.id,
            name: sender.name,
            text: text,
            to: target,
            at: sinceStart(now)
        )
        guard let target else {
            let everybody = connections()
            guard deliveries.take(size: entry.weight, receivers: everybody.count) else {
                return refuse(connection, .rate, "chat of this meeting")
            }
            chat.append(entry)
            return send(.chat(entry), to: everybody)
        }
        // Kept nowhere: who isn't connected doesn't get it, and the sender is told.
        guard target != sender.id, let reader = self.index(of: target).flatMap({ members[$0].connection }) else {
            return refuse(connection, .noSuchParticipant, "chat")
        }
        guard deliveries.take(size: entry.weight, receivers: 2) else {
            return refuse(connection, .rate, "chat of this meeting")
        }
        send(.chat(entry), to: [connection, reader])
    }

    mutating func react(_ reaction: Reaction, from index: Int, on connection: ConnectionID) {
        let everybody = connections()
        guard deliveries.take(size: 0, receivers: everybody.count) else {
            return refuse(connection, .rate, "reactions of this meeting")
        }
        send(.reaction(from: members[index].id, reaction), to: everybody)
    }
}
