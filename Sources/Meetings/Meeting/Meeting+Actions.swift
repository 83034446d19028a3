// SPDX-License-Identifier: Apache-2.0

import Base
import Membership

extension Meeting {
    mutating func send(_ message: ServerMessage, to connection: ConnectionID) {
        actions.append(.send(message, to: [connection]))
    }

    mutating func send(_ message: ServerMessage, to connections: [ConnectionID]) {
        guard !connections.isEmpty else { return }
        actions.append(.send(message, to: connections))
    }

    mutating func close(_ connection: ConnectionID, _ reason: CloseReason, because cause: Cause) {
        actions.append(.close(connection, reason, because: cause))
    }

    mutating func perform(_ command: MediaCommand) {
        actions.append(.media(command))
    }

    mutating func refuse(_ connection: ConnectionID, _ code: ErrorCode, _ detail: String, request: Int? = nil) {
        send(.error(code, request: request, detail: detail), to: connection)
    }

    /// The same for what no client of ours does.
    mutating func refuseOffence(
        _ connection: ConnectionID,
        _ code: ErrorCode,
        _ detail: String,
        request: Int? = nil
    ) {
        refuse(connection, code, detail, request: request)
        actions.append(.offended(connection))
    }

    mutating func refuseJoin(_ connection: ConnectionID, _ reason: JoinRefusal, because cause: Cause) {
        send(.refused(reason), to: connection)
        close(connection, .refused, because: cause)
    }

    /// Everybody inside who is connected, but for one.
    func connections(except participant: ParticipantID? = nil) -> [ConnectionID] {
        members.compactMap { $0.id == participant ? nil : $0.connection }
    }

    func index(of participant: ParticipantID) -> Int? {
        members.firstIndex { $0.id == participant }
    }

    var isAnybodyThere: Bool { members.contains { $0.connection != nil } }

    /// Whether a host or co-host is connected.
    var isHostPresent: Bool {
        members.contains { $0.connection != nil && $0.role.isKeeper }
    }

    /// To those who have knocked.
    mutating func tellWaiting() {
        let waiting = outsiders.compactMap { $0.knock == nil ? nil : $0.connection }
        send(.waiting(hostPresent: isHostPresent), to: waiting)
    }
}
