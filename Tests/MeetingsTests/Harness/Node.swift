// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import TestSupport

/// A directory under test, with its clock.
struct Node {
    var directory: MeetingDirectory<SeededRandomness>
    var now = Moment(nanoseconds: 0)
    private var lastConnection: UInt64 = 0

    init(_ change: (inout MeetingLimits) -> Void = { _ in }) {
        var limits = MeetingLimits()
        change(&limits)
        directory = MeetingDirectory(
            configuration: MeetingConfiguration(limits: limits, hash: Samples.hash),
            randomness: SeededRandomness(seed: 1)
        )
    }

    mutating func handle(_ input: DirectoryInput) -> [DirectoryAction] {
        directory.handle(input, now: now)
    }

    mutating func connect() -> ConnectionID {
        lastConnection += 1
        let connection = ConnectionID(rawValue: lastConnection)
        _ = handle(.connected(connection))
        return connection
    }

    mutating func say(_ connection: ConnectionID, _ message: ClientMessage) -> [DirectoryAction] {
        handle(.received(connection, message.serialized()))
    }

    mutating func say(_ connection: ConnectionID, _ text: String) -> [DirectoryAction] {
        handle(.received(connection, Array(text.utf8)))
    }

    /// A fresh connection that asks to join.
    mutating func join(
        _ meeting: MeetingID = Samples.meeting,
        create: Bool = false,
        host: HostToken? = nil,
        resume: ResumeToken? = nil
    ) -> (connection: ConnectionID, actions: [DirectoryAction]) {
        let connection = connect()
        let request = JoinRequest(
            meeting: meeting,
            name: Samples.name("Ana"),
            create: create,
            hostToken: host,
            resume: resume
        )
        return (connection, say(connection, .join(request)))
    }

    mutating func pass(_ interval: Interval) -> [DirectoryAction] {
        now = now + interval
        return handle(.timeout)
    }
}

extension [DirectoryAction] {
    func told(_ connection: ConnectionID) -> [ServerMessage] {
        compactMap { action in
            if case .send(let message, let receivers) = action, receivers.contains(connection) { message } else { nil }
        }
    }

    func closing(_ connection: ConnectionID) -> (reason: CloseReason, cause: Cause)? {
        for case .close(connection, let reason, let cause) in self { return (reason, cause) }
        return nil
    }

    var welcome: Welcome? {
        for case .send(.welcome(let welcome), _) in self { return welcome }
        return nil
    }

    var errors: [ErrorCode] {
        compactMap { action in
            if case .send(.error(let code, _, _), _) = action { code } else { nil }
        }
    }
}
