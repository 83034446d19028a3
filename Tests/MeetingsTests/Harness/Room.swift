// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import TestSupport

/// A meeting under test, with its clock and randomness, driven one input at a time.
struct Room {
    struct Person: Equatable {
        var connection: ConnectionID
        var id: ParticipantID
        var token: ResumeToken
    }

    var meeting: Meeting
    var now = Moment(nanoseconds: 0)
    var randomness = SeededRandomness(seed: 1)
    private var lastConnection: UInt64 = 0

    init(_ change: (inout MeetingLimits) -> Void = { _ in }) {
        var limits = MeetingLimits()
        change(&limits)
        let configuration = MeetingConfiguration(limits: limits, hash: Samples.hash)
        meeting = Meeting(id: Samples.meeting, hostToken: Samples.hostToken, configuration: configuration, now: now)
    }

    mutating func handle(_ input: MeetingInput) -> [MeetingAction] {
        meeting.handle(input, now: now, using: &randomness)
    }

    mutating func connection() -> ConnectionID {
        lastConnection += 1
        return ConnectionID(rawValue: lastConnection)
    }

    mutating func request(
        _ name: String = "Guest",
        host: Bool = false,
        resume: ResumeToken? = nil,
        media: JoinRequest.MediaChoice = .keep
    ) -> (ConnectionID, [MeetingAction]) {
        let connection = connection()
        let request = JoinRequest(
            meeting: Samples.meeting,
            name: Samples.name(name),
            hostToken: host ? Samples.hostToken : nil,
            resume: resume,
            media: media
        )
        return (connection, handle(.join(connection, request)))
    }

    /// Somebody who gets in. Stops the test if they don't.
    mutating func join(_ name: String = "Guest", host: Bool = false) -> Person {
        let (connection, actions) = request(name, host: host)
        let welcome = actions.welcome(for: connection)!
        return Person(connection: connection, id: welcome.own, token: welcome.resume)
    }

    /// Somebody who waits.
    mutating func knock(_ name: String = "Waiting") -> (connection: ConnectionID, id: ParticipantID) {
        let before = Set(waiting)
        let (connection, _) = request(name)
        return (connection, waiting.first { !before.contains($0) }!)
    }

    /// Who waits, as a host who comes back sees it; the look doesn't change the meeting.
    var waiting: [ParticipantID] {
        var copy = self
        copy.lastConnection += 1_000_000
        let (connection, actions) = copy.request("Look", host: true)
        return actions.welcome(for: connection)?.knocks.map(\.participant) ?? []
    }

    /// Who is in, as a newcomer with the host token sees it.
    var roster: [ParticipantView] {
        var copy = self
        copy.lastConnection += 1_000_000
        let (connection, actions) = copy.request("Look", host: true)
        return actions.welcome(for: connection)?.participants.dropLast() ?? []
    }

    func view(_ person: Person) -> ParticipantView? { roster.first { $0.id == person.id } }

    mutating func say(_ person: Person, _ message: ClientMessage) -> [MeetingAction] {
        handle(.message(person.connection, message))
    }

    mutating func disconnect(_ person: Person) -> [MeetingAction] {
        handle(.disconnected(person.connection))
    }

    mutating func pass(_ interval: Interval) -> [MeetingAction] {
        now = now + interval
        return handle(.timeout)
    }
}

extension [MeetingAction] {
    func welcome(for connection: ConnectionID) -> Welcome? {
        for case .send(.welcome(let welcome), let receivers) in self where receivers == [connection] { return welcome }
        return nil
    }

    /// What one connection is told, in order.
    func told(_ connection: ConnectionID) -> [ServerMessage] {
        compactMap { action in
            if case .send(let message, let receivers) = action, receivers.contains(connection) { message } else { nil }
        }
    }

    var media: [MediaCommand] {
        compactMap { action in
            if case .media(let command) = action { command } else { nil }
        }
    }

    var errors: [ErrorCode] {
        compactMap { action in
            if case .send(.error(let code, _, _), _) = action { code } else { nil }
        }
    }

    func closing(_ connection: ConnectionID) -> (reason: CloseReason, cause: Cause)? {
        for case .close(connection, let reason, let cause) in self { return (reason, cause) }
        return nil
    }
}
