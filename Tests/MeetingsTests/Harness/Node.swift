// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import Meetings
import NativeCrypto
import TestSupport

/// A directory under test, with its clock.
struct Node {
    var directory: MeetingDirectory<NativeCrypto, SeededRandomness>
    var now = Moment(nanoseconds: 0)
    /// For keys that a test makes itself.
    var entropy = SeededRandomness(seed: 99)
    private var lastConnection: UInt64 = 0

    init(_ change: (inout MeetingLimits) -> Void = { _ in }) {
        var limits = MeetingLimits()
        change(&limits)
        directory = MeetingDirectory(
            configuration: MeetingConfiguration(limits: limits),
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

    mutating func pass(_ interval: Interval) -> [DirectoryAction] {
        now = now + interval
        return handle(.timeout)
    }
}

extension [DirectoryAction] {
    /// What one connection is told, in order.
    func told(_ connection: ConnectionID) -> [ServerMessage] {
        compactMap { action in
            if case .send(let message, let receivers) = action, receivers.contains(connection) { message } else { nil }
        }
    }

    func told(_ client: Client) -> [ServerMessage] { told(client.connection) }

    func types(_ client: Client) -> [String] { told(client).map(\.type) }

    func closing(_ connection: ConnectionID) -> (reason: CloseReason, cause: Cause)? {
        for case .close(connection, let reason, let cause) in self { return (reason, cause) }
        return nil
    }

    func closing(_ client: Client) -> (reason: CloseReason, cause: Cause)? { closing(client.connection) }

    /// Why the connection wasn't let in, if it was refused.
    func refusal(_ client: Client) -> JoinRefusal? {
        for case .refused(let reason) in told(client) { return reason }
        return nil
    }

    func entrance(_ client: Client) -> Entrance? {
        for case .welcome(let entrance) in told(client) { return entrance }
        return nil
    }

    func door(_ client: Client) -> Door? {
        for case .door(let door) in told(client) { return door }
        return nil
    }

    var media: [MediaCommand] {
        compactMap { action in
            if case .media(let command, _) = action { command } else { nil }
        }
    }

    var errors: [ErrorCode] {
        compactMap { action in
            if case .send(.error(let code, _, _), _) = action { code } else { nil }
        }
    }

    /// The rules that were named in errors.
    var rules: [String] {
        compactMap { action in
            if case .send(.error(_, _, let detail), _) = action { detail } else { nil }
        }
    }
}
