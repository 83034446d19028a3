// SPDX-License-Identifier: Apache-2.0

extension Participant {
    /// Waits until `condition` holds; it is looked at after every message and every change of a connection.
    public func wait(
        seconds: Int64 = 60,
        until condition: @Sendable (isolated Participant) -> Bool
    ) async throws(ParticipantError) {
        let watcher = nextWatcher
        nextWatcher += 1
        let alarm = Task { [weak self] in
            try? await Task.sleep(for: .seconds(seconds))
            await self?.wake(watcher)
        }
        defer { alarm.cancel() }
        let deadline = ContinuousClock.now + .seconds(seconds)
        while !condition(self) {
            guard ContinuousClock.now < deadline else { throw .timeout }
            if case .over(let ending) = view.phase { throw .over(ending, view.reason) }
            await withCheckedContinuation { watchers.append((watcher, $0)) }
        }
    }

    public func waitUntilInside(seconds: Int64 = 60) async throws(ParticipantError) {
        try await wait(seconds: seconds) { $0.view.isInside }
    }

    /// Waits until it is over for this participant.
    public func waitUntilOver(seconds: Int64 = 60) async throws(ParticipantError) {
        try await wait(seconds: seconds) { $0.view.isOver }
    }

    /// Waits until the media has come to something; it is looked at every few milliseconds.
    @discardableResult
    public func waitForMedia(
        seconds: Int64 = 60,
        until condition: @Sendable (MediaSnapshot) -> Bool
    ) async throws(ParticipantError) -> MediaSnapshot {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            let snapshot = await media()
            if condition(snapshot) { return snapshot }
            guard ContinuousClock.now < deadline else { throw .timeout }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    func wakeAll() {
        let waiting = watchers
        watchers = []
        for watcher in waiting { watcher.resume.resume() }
    }

    private func wake(_ id: Int) {
        guard let index = watchers.firstIndex(where: { $0.id == id }) else { return }
        watchers.remove(at: index).resume.resume()
    }
}
