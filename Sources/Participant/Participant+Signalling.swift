// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Membership
import NIOCore

extension Participant {
    /// Opens a socket and lets the member speak first.
    func connect() async throws(ParticipantError) {
        socket += 1
        let number = socket
        let opened = try await SignallingConnection.connect(
            to: node,
            on: eventLoop,
            onText: { [weak self] text in self?.assumeIsolated { $0.receive(text, from: number) } },
            onEnd: { [weak self] in self?.assumeIsolated { $0.socketEnded(number) } }
        )
        guard number == socket else { return opened.close() }
        signalling = opened
        handle(.opened)
    }

    /// Loses the signalling socket without a goodbye; media goes on.
    public func loseSignalling() {
        signalling?.close()
        let number = socket
        socketEnded(number)
    }

    /// Comes back after ``loseSignalling()`` with a new socket.
    public func resume() async throws(ParticipantError) { try await connect() }

    private func socketEnded(_ number: Int) {
        guard number == socket, signalling != nil else { return }
        signalling = nil
        handle(.closed)
    }

    private func receive(_ text: [UInt8], from number: Int) {
        guard number == socket, signalling != nil else { return }
        guard let message = try? ServerMessage(parsing: text) else {
            traffic.noteReceived("", text.count)
            return
        }
        traffic.noteReceived(message.type, text.count)
        switch message {
        case .published(let request, let sdp): answers[request] = .success(sdp)
        case .error(let code, let request?, _) where request >= Self.firstMediaRequest:
            answers[request] = .failure(.error(code.rawValue))
        case .subscribe(let request, let sdp, let tracks):
            Task { [weak self] in try? await self?.answer(sdp, tracks: tracks, request: request) }
        case .welcome(let entrance):
            if !entrance.resumed { beginMediaAnew() }
            perform(client.receive(message, now: ParticipantClock.now, clock: ParticipantClock.wall))
        default:
            perform(client.receive(message, now: ParticipantClock.now, clock: ParticipantClock.wall))
        }
        wakeAll()
    }

    func handle(_ input: MemberInput) {
        perform(client.handle(input, now: ParticipantClock.now, clock: ParticipantClock.wall))
        wakeAll()
    }

    func send(_ message: ClientMessage) {
        guard let signalling else { return }
        let text = message.serialized()
        traffic.noteSent(message.type, text.count)
        signalling.send(text)
    }

    private func perform(_ outputs: [MeetingClient.Output]) {
        for output in outputs {
            switch output {
            case .send(let message): send(message)
            case .frames(let change): apply(change)
            case .event(let event):
                for listener in listeners { listener.yield(event) }
            case .reconnect:
                signalling?.close()
                signalling = nil
                socket += 1
                Task { [weak self] in try? await self?.connect() }
            }
        }
        if client.view.isOver {
            signalling?.close()
            alarm?.cancel()
            alarm = nil
        } else {
            rearm()
        }
    }

    private func apply(_ change: FrameKeyChange) {
        let cipher = cipher
        loop.perform { $0.cipher(cipher)?.apply(change, now: $0.now) }
        if case .startSending = change { startReporting() }
    }

    private func rearm() {
        let due = client.nextDeadline
        guard due != alarmDue || alarm == nil else { return }
        alarm?.cancel()
        alarm = nil
        alarmDue = due
        guard let due else { return }
        let delay = max(.zero, due - ParticipantClock.now)
        alarm = eventLoop.scheduleTask(in: .nanoseconds(delay.nanoseconds)) { [weak self] in
            self?.assumeIsolated { $0.ring() }
        }
    }

    private func ring() {
        alarm = nil
        handle(.timeout)
    }
}
