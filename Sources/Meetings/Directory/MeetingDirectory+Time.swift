// SPDX-License-Identifier: Apache-2.0

import Base

/// What happens by itself.
extension MeetingDirectory {
    mutating func wake(by moment: Moment) {
        nextDeadline = min(nextDeadline ?? moment, moment)
    }

    mutating func handleTimeout(now: Moment) {
        guard let due = nextDeadline, due <= now else { return }
        nextDeadline = nil
        for (connection, state) in connections {
            switch state.place {
            case .outside(let until): expire(connection, until, .joinTimeout, now: now)
            case .founding(_, let until): expire(connection, until, .doorTimeout, now: now)
            case .meeting: break
            }
        }
        for (id, meeting) in meetings {
            guard let deadline = meeting.nextDeadline else { continue }
            if deadline <= now { pass(.timeout, to: id, now: now) } else { wake(by: deadline) }
        }
        if let next = ended.forget(now: now) { wake(by: next) }
        guard let stopsAt else { return }
        if stopsAt <= now { stop(now: now) } else { wake(by: stopsAt) }
    }

    private mutating func expire(_ connection: ConnectionID, _ until: Moment, _ limit: UniformLimit, now: Moment) {
        guard until <= now else { return wake(by: until) }
        refuse(connection, .timeout, because: .limit(limit))
    }

    mutating func drain(now: Moment) {
        guard !isDraining else { return }
        isDraining = true
        for id in Array(meetings.keys) { pass(.drain, to: id, now: now) }
        for (connection, state) in connections {
            if case .meeting = state.place { continue }
            refuse(connection, .draining, because: .processEnding)
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
