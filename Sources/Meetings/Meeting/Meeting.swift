// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// One running meeting: the order of its group's commits, who is connected, who stands at the door, and what they are told.
///
///                join                    Add of a member, or own external commit
///     (nobody) ───────► at the door ─────────────────────────► inside ◄───────────┐ join with the resume token
///                          │   ▲ │ knock                        │   │             │
///                          │   └─┘                              │   │ socket cut  │
///                  leave,  │                           Remove   │   └─► cut off ──┘
///                  denied  ▼                          committed ▼          │ Remove asked for, and committed
///                        (gone)                               (gone) ◄─────┘
///
/// Who is in is what the group's tree says, and that only changes by commits that pass the judgement that every client
/// makes too. Pure: it knows no clock and no socket. What it does to a person carries a ``Cause``.
struct Meeting<Crypto: CryptoProvider>: Sendable {
    /// The alias that it was founded under, by which the media plane knows it.
    let id: MeetingID
    let startedAt: Moment
    let configuration: MeetingConfiguration
    let nodeKey: NodeKey<Crypto>
    var epoch: RoomEpoch<Crypto>
    /// The commit that led here, while it may be refused.
    var contested: ContestedCommit<Crypto>?
    /// Whose commits were refused in this epoch.
    var barred: Set<ParticipantID> = []
    /// Whether `ready` was said for this epoch.
    var isReady = false
    /// One for each leaf, in the order in which they came.
    var members: [Member] = []
    /// In the order in which they came.
    var outsiders: [Outsider<Crypto>] = []
    var backlog: Backlog
    var voidTokens: [VoidToken] = []
    var deliveries: DeliveryBudget
    /// Oldest first, each at most once.
    var untold: [Notice] = []
    var emptySince: Moment?
    var isDraining = false
    var isOver = false
    /// Collected while an input is handled.
    var actions: [MeetingAction] = []

    init(_ founding: Founding<Crypto>, id: MeetingID, configuration: MeetingConfiguration, now: Moment) {
        self.id = id
        self.configuration = configuration
        startedAt = now
        emptySince = now
        nodeKey = founding.nodeKey
        epoch = founding.epoch
        epoch.lockAct = HostAct.lock(founding)
        backlog = Backlog(limits: configuration.limits)
        deliveries = DeliveryBudget(
            perSecond: configuration.limits.deliveries,
            burst: configuration.limits.deliveryBurst,
            now: now
        )
    }

    mutating func handle(
        _ input: MeetingInput<Crypto>,
        now: Moment,
        using randomness: inout some Randomness
    ) -> [MeetingAction] {
        guard !isOver else { return [] }
        actions = []
        deliveries.advance(to: now)
        if let until = contested?.until, until < now { contested = nil }
        tellUntold()
        let couldAdmit = isHostPresent
        switch input {
        case .founded(let connection): admitFounder(on: connection, now: now, using: &randomness)
        case .join(let connection, let request, let newcomer): join(connection, request, newcomer, now: now)
        case .message(let connection, let message): handle(message, from: connection, now: now, using: &randomness)
        case .disconnected(let connection): disconnect(connection, now: now)
        case .media(let event): handle(event)
        case .timeout: handleTimeout(now: now)
        case .drain: drain()
        case .stop: stop()
        }
        if isHostPresent != couldAdmit { tellWaiting() }
        if !outsiders.isEmpty || isAnybodyThere {
            emptySince = nil
        } else if emptySince == nil {
            emptySince = now
        }
        defer { actions = [] }
        return actions
    }

    /// When ``MeetingInput/timeout`` is due.
    var nextDeadline: Moment? {
        guard !isOver else { return nil }
        var deadline = emptySince.map { $0 + configuration.limits.emptyMeeting }
        func wake(by moment: Moment?) {
            guard let moment else { return }
            deadline = min(deadline ?? moment, moment)
        }
        if isAnybodyThere {
            for member in members where member.goesIn != epoch.number { wake(by: member.graceEnds) }
        }
        for outsider in outsiders { wake(by: outsider.until) }
        wake(by: tellsUntoldAt)
        return deadline
    }

    private mutating func handle(
        _ message: ClientMessage,
        from connection: ConnectionID,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        if let index = members.firstIndex(where: { $0.connection == connection }) {
            handle(message, of: index, on: connection, now: now, using: &randomness)
        } else if let index = outsiders.firstIndex(where: { $0.connection == connection }) {
            handle(message, ofOutsider: index, on: connection, now: now, using: &randomness)
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
        case .join, .found, .knock, .look: refuse(connection, .outOfOrder, "inside already")
        case .leave: leave(index, on: connection, now: now)
        case .away: goAway(index, on: connection, now: now)
        case .ping(let id): send(.pong(id), to: connection)
        case .commit(let request):
            commit(request, by: .member(members[index].id), on: connection, now: now, using: &randomness)
        case .propose(let proposal): propose(proposal, by: index, on: connection, now: now)
        case .ack(let epoch): acknowledge(epoch, by: index)
        case .refuse(let refusal): refuseCommit(refusal, by: members[index].id, on: connection, now: now)
        case .message(let message, let to, let request):
            relay(message, to: to, request: request, from: members[index].id, on: connection, now: now)
        case .publish(let request, let offer, let sources):
            publish(request, offer: offer, sources: sources, of: index, on: connection)
        case .answer(let request, let answer): self.answer(request, answer, of: index, on: connection)
        case .restartSubscriber:
            members[index].openOffer = nil
            perform(.restartSubscriber(members[index].id))
        case .layers(let wishes): choose(wishes, of: index)
        case .deny(let participant): deny(participant, by: members[index].id, on: connection)
        case .end: end(by: members[index].id, on: connection)
        }
    }

    private mutating func handle(
        _ message: ClientMessage,
        ofOutsider index: Int,
        on connection: ConnectionID,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        switch message {
        case .leave, .away:
            removeOutsider(at: index)
            close(connection, .left, because: .ownAct)
        case .ping(let id): send(.pong(id), to: connection)
        case .look: look(by: index, now: now)
        case .knock(let knock): self.knock(knock, by: index)
        case .commit(let request):
            outsiders[index].rest(until: now + configuration.limits.doorTimeout)
            let author = CheckedCommit<Crypto>.Author.outsider(
                outsiders[index].participant,
                alias: outsiders[index].alias
            )
            commit(request, by: author, on: connection, now: now, using: &randomness)
        default: refuse(connection, .outOfOrder, "at the door", request: message.request)
        }
    }
}
