// SPDX-License-Identifier: Apache-2.0

public import Base

/// All meetings of a node and all connections to them: reads messages, applies the limits, finds the meeting.
///
/// There is no way to list meetings or to look into one: a meeting is reached by its id or not at all.
public struct MeetingDirectory<Source: Randomness>: Sendable {
    private enum Place: Sendable {
        case outside(joinBy: Moment)
        case inside(MeetingID)
    }

    private struct Connection: Sendable {
        var place: Place
        var rates: ConnectionRates
    }

    private let configuration: MeetingConfiguration
    private var randomness: Source
    private var meetings: [MeetingID: Meeting] = [:]
    private var connections: [ConnectionID: Connection] = [:]
    private var ended: [MeetingID: EndedMeeting] = [:]
    /// The keys of `ended`, oldest first.
    private var endedOrder: [MeetingID] = []
    private var stopsAt: Moment?
    private var isDraining = false
    private var actions: [DirectoryAction] = []

    /// When ``DirectoryInput/timeout`` is due. It may come too early (a deadline that no longer holds isn't searched
    /// for), never too late.
    public private(set) var nextDeadline: Moment?

    public init(configuration: MeetingConfiguration, randomness: Source) {
        self.configuration = configuration
        self.randomness = randomness
    }

    public var meetingCount: Int { meetings.count }
    public var connectionCount: Int { connections.count }

    public mutating func handle(_ input: DirectoryInput, now: Moment) -> [DirectoryAction] {
        actions = []
        switch input {
        case .connected(let connection): connect(connection, now: now)
        case .received(let connection, let bytes): receive(bytes, from: connection, now: now)
        case .disconnected(let connection): disconnect(connection, now: now)
        case .media(let meeting, let event): pass(.media(event), to: meeting, now: now)
        case .timeout: handleTimeout(now: now)
        case .drain: drain(now: now)
        }
        defer { actions = [] }
        return actions
    }

    // MARK: Connections

    private mutating func connect(_ connection: ConnectionID, now: Moment) {
        guard connections[connection] == nil else { return }
        guard connections.count < configuration.limits.connections else {
            actions.append(.close(connection, .busy, because: .limit(.connections)))
            return
        }
        guard !isDraining else { return refuse(connection, .draining, because: .processEnding) }
        let joinBy = now + configuration.limits.joinTimeout
        connections[connection] = Connection(place: .outside(joinBy: joinBy), rates: ConnectionRates(now: now))
        wake(by: joinBy)
    }

    private mutating func receive(_ bytes: [UInt8], from connection: ConnectionID, now: Moment) {
        guard connections[connection]?.rates.allowFrame(of: bytes.count, now: now) == true else {
            return offend(connection, MessageRefusal(.rate, "messages"), now: now)
        }
        let message: ClientMessage
        do {
            message = try ClientMessage(parsing: bytes)
        } catch {
            return offend(connection, error, now: now)
        }
        guard connections[connection]?.rates.allow(message, now: now) == true else {
            return offend(
                connection,
                MessageRefusal(.rate, "messages of this type", request: message.request),
                now: now
            )
        }
        switch (connections[connection]?.place, message) {
        case (.outside, .join(let request)): join(connection, request, now: now)
        case (.outside, .leave), (.outside, .away): close(connection, .left, because: .ownAct)
        case (.outside, _):
            offend(connection, MessageRefusal(.outOfOrder, "join first", request: message.request), now: now)
        case (.inside(let meeting), _): pass(.message(connection, message), to: meeting, now: now)
        case (nil, _): break
        }
    }

    /// Answers a message that can't be followed, and closes the connection if there were too many.
    private mutating func offend(_ connection: ConnectionID, _ refusal: MessageRefusal, now: Moment) {
        guard let place = connections[connection]?.place else { return }
        guard connections[connection]?.rates.bear(now: now) == true else {
            close(connection, .busy, because: .limit(.rate))
            if case .inside(let meeting) = place { pass(.disconnected(connection), to: meeting, now: now) }
            return
        }
        switch (place, refusal.code) {
        case (.outside, .version): refuse(connection, .version, because: .ownAct)
        case (.outside, .name): refuse(connection, .name, because: .ownAct)
        default:
            let error = ServerMessage.error(refusal.code, request: refusal.request, detail: refusal.detail)
            actions.append(.send(error, to: [connection]))
        }
    }

    private mutating func disconnect(_ connection: ConnectionID, now: Moment) {
        guard let left = connections.removeValue(forKey: connection) else { return }
        if case .inside(let meeting) = left.place { pass(.disconnected(connection), to: meeting, now: now) }
    }

    private mutating func close(_ connection: ConnectionID, _ reason: CloseReason, because cause: Cause) {
        connections[connection] = nil
        actions.append(.close(connection, reason, because: cause))
    }

    private mutating func refuse(_ connection: ConnectionID, _ reason: JoinRefusal, because cause: Cause) {
        actions.append(.send(.refused(reason), to: [connection]))
        close(connection, .refused, because: cause)
    }

    // MARK: Meetings

    private mutating func join(_ connection: ConnectionID, _ request: JoinRequest, now: Moment) {
        guard !isDraining else { return refuse(connection, .draining, because: .processEnding) }
        if meetings[request.meeting] == nil {
            guard start(request, for: connection, now: now) else { return }
        }
        connections[connection]?.place = .inside(request.meeting)
        pass(.join(connection, request), to: request.meeting, now: now)
    }

    /// Whether the meeting runs now; if not, the connection has been refused.
    private mutating func start(_ request: JoinRequest, for connection: ConnectionID, now: Moment) -> Bool {
        if let past = ended[request.meeting], past.until > now {
            let isHost = past.hostLock.opens(with: request.hostToken, hash: configuration.hash)
            guard isHost, request.create else {
                refuse(connection, .ended, because: .host(past.act))
                return false
            }
        }
        guard request.create, let hostToken = request.hostToken else {
            refuse(connection, .notFound, because: .ownAct)
            return false
        }
        guard meetings.count < configuration.limits.meetings else {
            refuse(connection, .busy, because: .limit(.meetings))
            return false
        }
        meetings[request.meeting] = Meeting(
            id: request.meeting,
            hostToken: hostToken,
            configuration: configuration,
            now: now
        )
        return true
    }

    private mutating func pass(_ input: MeetingInput, to id: MeetingID, now: Moment) {
        // In place: the meeting must not be copied for each message.
        guard let wanted = meetings[id]?.handle(input, now: now, using: &randomness) else { return }
        for action in wanted {
            switch action {
            case .send(let message, let receivers): actions.append(.send(message, to: receivers))
            case .close(let connection, let reason, let cause): close(connection, reason, because: cause)
            case .media(let command): actions.append(.media(command, in: id))
            case .ended(let cause): forget(id, because: cause, now: now)
            }
        }
        if let deadline = meetings[id]?.nextDeadline { wake(by: deadline) }
    }

    private mutating func forget(_ id: MeetingID, because cause: Cause, now: Moment) {
        guard let meeting = meetings.removeValue(forKey: id) else { return }
        actions.append(.ended(id, because: cause))
        guard case .host(let act) = cause else { return }
        if ended[id] != nil { endedOrder.removeAll { $0 == id } }
        let until = now + configuration.limits.endedMemory
        ended[id] = EndedMeeting(hostLock: meeting.hostLock, act: act, until: until)
        endedOrder.append(id)
        if endedOrder.count > configuration.limits.endedMeetings { ended[endedOrder.removeFirst()] = nil }
        wake(by: until)
    }

    // MARK: Time

    private mutating func wake(by moment: Moment) {
        nextDeadline = min(nextDeadline ?? moment, moment)
    }

    private mutating func handleTimeout(now: Moment) {
        guard let due = nextDeadline, due <= now else { return }
        nextDeadline = nil
        for (connection, state) in connections {
            guard case .outside(let joinBy) = state.place else { continue }
            if joinBy <= now { refuse(connection, .timeout, because: .limit(.joinTimeout)) } else { wake(by: joinBy) }
        }
        for (id, meeting) in meetings {
            guard let deadline = meeting.nextDeadline else { continue }
            if deadline <= now { pass(.timeout, to: id, now: now) } else { wake(by: deadline) }
        }
        while let oldest = endedOrder.first, let past = ended[oldest], past.until <= now {
            endedOrder.removeFirst()
            ended[oldest] = nil
        }
        if let oldest = endedOrder.first, let past = ended[oldest] { wake(by: past.until) }
        guard let stopsAt else { return }
        if stopsAt <= now { stop(now: now) } else { wake(by: stopsAt) }
    }

    private mutating func drain(now: Moment) {
        guard !isDraining else { return }
        isDraining = true
        for id in Array(meetings.keys) { pass(.drain, to: id, now: now) }
        for (connection, state) in connections {
            if case .outside = state.place { refuse(connection, .draining, because: .processEnding) }
        }
        guard !meetings.isEmpty else { return actions.append(.drained) }
        let end = now + configuration.limits.drain
        stopsAt = end
        wake(by: end)
    }

    private mutating func stop(now: Moment) {
        stopsAt = nil
        for id in Array(meetings.keys) { pass(.stop, to: id, now: now) }
        for connection in Array(connections.keys) { close(connection, .restart, because: .processEnding) }
        actions.append(.drained)
    }
}
