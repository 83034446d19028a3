// SPDX-License-Identifier: Apache-2.0

public import Base

/// All meetings of a node and all connections to them: reads messages, applies the limits, finds the meeting.
///
/// There is no way to list meetings or to look into one: a meeting is reached by an alias of its links or not at all.
public struct MeetingDirectory<Crypto: CryptoProvider, Source: Randomness>: Sendable {
    struct Connection: Sendable {
        var place: Place<Crypto>
        var rates: ConnectionRates
    }

    let configuration: MeetingConfiguration
    var randomness: Source
    /// By the alias that each was founded under.
    var meetings: [MeetingID: Meeting<Crypto>] = [:]
    /// From every alias that leads somewhere.
    var aliases: [MeetingID: MeetingID] = [:]
    var connections: [ConnectionID: Connection] = [:]
    var ended: EndedMeetings
    var stopsAt: Moment?
    var isDraining = false
    var actions: [DirectoryAction] = []

    /// When ``DirectoryInput/timeout`` is due. It may come too early (a deadline that no longer holds isn't searched
    /// for), never too late.
    public internal(set) var nextDeadline: Moment?

    public init(configuration: MeetingConfiguration, randomness: Source) {
        self.configuration = configuration
        self.randomness = randomness
        ended = EndedMeetings(maximum: configuration.limits.endedMeetings)
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
        let until = now + configuration.limits.joinTimeout
        connections[connection] = Connection(place: .outside(until: until), rates: ConnectionRates(now: now))
        wake(by: until)
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
        guard connections[connection]?.rates.allow(message, of: bytes.count, now: now) == true else {
            return offend(
                connection,
                MessageRefusal(.rate, "messages of this type", request: message.request),
                now: now
            )
        }
        switch (connections[connection]?.place, message) {
        case (.outside, .join(let request)): join(connection, request, now: now)
        case (.founding(let founder, _), .found(let request)): found(connection, request, founder, now: now)
        case (.founding, .ping(let id)): actions.append(.send(.pong(id), to: [connection]))
        case (.outside, .leave), (.outside, .away), (.founding, .leave), (.founding, .away):
            close(connection, .left, because: .ownAct)
        case (.outside, _):
            offend(connection, MessageRefusal(.outOfOrder, "join first", request: message.request), now: now)
        case (.founding, _):
            offend(connection, MessageRefusal(.outOfOrder, "found first", request: message.request), now: now)
        case (.meeting(let meeting), _): pass(.message(connection, message), to: meeting, now: now)
        case (nil, _): break
        }
    }

    /// Answers a message that can't be followed, and closes the connection if there were too many.
    private mutating func offend(_ connection: ConnectionID, _ refusal: MessageRefusal, now: Moment) {
        guard let place = connections[connection]?.place else { return }
        guard connections[connection]?.rates.bear(now: now) == true else {
            return losePatience(connection, now: now)
        }
        if case .outside = place, refusal.code == .version { return refuse(connection, .version, because: .ownAct) }
        let error = ServerMessage.error(refusal.code, request: refusal.request, detail: refusal.detail)
        actions.append(.send(error, to: [connection]))
    }

    mutating func losePatience(_ connection: ConnectionID, now: Moment) {
        guard let place = connections[connection]?.place else { return }
        close(connection, .busy, because: .limit(.rate))
        if case .meeting(let meeting) = place { pass(.disconnected(connection), to: meeting, now: now) }
    }

    private mutating func disconnect(_ connection: ConnectionID, now: Moment) {
        guard let left = connections.removeValue(forKey: connection) else { return }
        if case .meeting(let meeting) = left.place { pass(.disconnected(connection), to: meeting, now: now) }
    }

    mutating func close(_ connection: ConnectionID, _ reason: CloseReason, because cause: Cause) {
        connections[connection] = nil
        actions.append(.close(connection, reason, because: cause))
    }

    mutating func refuse(_ connection: ConnectionID, _ reason: JoinRefusal, because cause: Cause) {
        actions.append(.send(.refused(reason), to: [connection]))
        close(connection, .refused, because: cause)
    }
}
