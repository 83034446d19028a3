// SPDX-License-Identifier: Apache-2.0

public import Base

/// One running meeting: who is in it, who waits, what they may do, and what they are told.
///
///              join                      admit
///     (nobody) ────► lobby on? ──► waiting ────► connected ◄──────────┐ join with the resume token
///                       │             │            │   │              │
///                       │ no          │ leave,     │   │ socket cut   │
///                       └──────────► ─┼─ deny ──►  │   └──► cut off ──┘
///                      connected      ▼            │ leave,    │ grace over
///                                   (gone)         ▼ remove    ▼
///                                                (gone)      (gone: lost)
///
/// Pure: it knows no clock, no socket and no session description from the inside. What it does to a person carries a
/// ``Cause``, and what one person does to another needs a ``HostAct``.
public struct Meeting: Sendable {
    public let id: MeetingID
    let startedAt: Moment
    let configuration: MeetingConfiguration
    let hostLock: HostLock
    var settings = MeetingSettings()
    /// Who locked it, while it is locked.
    var lockAct: HostAct?
    /// In the order in which they came.
    var members: [Member] = []
    /// In the order in which they knocked.
    var lobby: [Waiting] = []
    var chat: ChatHistory
    var voidTokens: [VoidToken] = []
    var deliveries: DeliveryBudget
    /// Oldest first, each participant at most once.
    var untold: [RosterChange] = []
    var emptySince: Moment?
    var isDraining = false
    public internal(set) var isOver = false
    /// Collected while an input is handled.
    var actions: [MeetingAction] = []

    /// - Parameter hostToken: of whoever starts it; only its hash is kept.
    public init(id: MeetingID, hostToken: HostToken, configuration: MeetingConfiguration, now: Moment) {
        self.id = id
        self.configuration = configuration
        startedAt = now
        emptySince = now
        hostLock = HostLock(hostToken, hash: configuration.hash)
        chat = ChatHistory(
            maximumCount: configuration.limits.chatMessages,
            maximumBytes: configuration.limits.chatBytes
        )
        deliveries = DeliveryBudget(
            perSecond: configuration.limits.deliveries,
            burst: configuration.limits.deliveryBurst,
            now: now
        )
    }

    public mutating func handle(
        _ input: MeetingInput,
        now: Moment,
        using randomness: inout some Randomness
    ) -> [MeetingAction] {
        guard !isOver else { return [] }
        actions = []
        deliveries.advance(to: now)
        tellUntold()
        let couldAdmit = isHostPresent
        switch input {
        case .join(let connection, let request):
            if knows(connection) {
                refuse(connection, .outOfOrder, "joined already")
            } else {
                join(connection, request, now: now, using: &randomness)
            }
        case .message(let connection, let message): handle(message, from: connection, now: now, using: &randomness)
        case .disconnected(let connection): disconnect(connection, now: now)
        case .media(let event): handle(event)
        case .timeout: handleTimeout(now: now)
        case .drain: drain()
        case .stop: stop()
        }
        if isHostPresent != couldAdmit { tellLobby() }
        if !members.isEmpty || !lobby.isEmpty {
            emptySince = nil
        } else if emptySince == nil {
            emptySince = now
        }
        defer { actions = [] }
        return actions
    }

    /// When ``MeetingInput/timeout`` is due.
    public var nextDeadline: Moment? {
        guard !isOver else { return nil }
        var deadline = emptySince.map { $0 + configuration.limits.emptyMeeting }
        for member in members {
            guard let graceEnds = member.graceEnds else { continue }
            deadline = min(deadline ?? graceEnds, graceEnds)
        }
        if let tellsUntoldAt { deadline = min(deadline ?? tellsUntoldAt, tellsUntoldAt) }
        return deadline
    }

    private func knows(_ connection: ConnectionID) -> Bool {
        members.contains { $0.connection == connection } || lobby.contains { $0.connection == connection }
    }

    private mutating func handle(
        _ message: ClientMessage,
        from connection: ConnectionID,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        if let index = members.firstIndex(where: { $0.connection == connection }) {
            handle(message, of: index, on: connection, now: now, using: &randomness)
        } else if let index = lobby.firstIndex(where: { $0.connection == connection }) {
            switch message {
            case .leave, .away:
                withdrawKnock(at: index)
                close(connection, .left, because: .ownAct)
            case .ping(let id): send(.pong(id), to: connection)
            default: refuse(connection, .outOfOrder, "waiting", request: message.request)
            }
        }
    }

    private mutating func handle(
        _ message: ClientMessage,
        of index: Int,
        on connection: ConnectionID,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        switch message {
        case .join: refuse(connection, .outOfOrder, "joined already")
        case .leave:
            part(at: index, .left)
            close(connection, .left, because: .ownAct)
        case .away:
            cutOff(index, until: now + min(configuration.limits.away, configuration.limits.grace), .left)
            close(connection, .left, because: .ownAct)
        case .ping(let id): send(.pong(id), to: connection)
        case .publish(let request, let offer, let sources):
            publish(request, offer: offer, sources: sources, of: index, on: connection)
        case .answer(let request, let answer): self.answer(request, answer, of: index, on: connection)
        case .restartSubscriber:
            members[index].openOffer = nil
            perform(.restartSubscriber(members[index].id))
        case .layers(let wishes): choose(wishes, of: index)
        case .state(let change): apply(change, to: index)
        case .rename(let name): rename(index, to: name)
        case .chat(let id, let text, let to): say(id, text, to: to, from: index, on: connection, now: now)
        case .reaction(let reaction): react(reaction, from: index, on: connection)
        case .admit(let participant): admit(participant, by: index, on: connection, now: now, using: &randomness)
        case .deny(let participant): deny(participant, by: index, on: connection)
        case .admitAll: admitAll(by: index, on: connection, now: now, using: &randomness)
        case .mute(let participant): mute(participant, by: index, on: connection)
        case .muteAll: muteAll(by: index, on: connection)
        case .remove(let participant): remove(participant, by: index, on: connection)
        case .lock(let locked): setLocked(locked, by: index, on: connection)
        case .lobby(let enabled): setLobby(enabled, by: index, on: connection, now: now, using: &randomness)
        case .lowerHand(let participant): lowerHand(of: participant, by: index, on: connection)
        case .role(let participant, let isCohost): setRole(of: participant, isCohost, by: index, on: connection)
        case .end: end(by: index, on: connection)
        }
    }
}
