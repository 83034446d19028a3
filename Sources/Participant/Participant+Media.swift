// SPDX-License-Identifier: Apache-2.0

public import Base
import Meetings
import Membership
import Transport

extension Participant {
    /// Publishes and waits until the connection is up and media flows.
    public func publish(_ tracks: [SyntheticTrack]) async throws(ParticipantError) {
        try await publish(tracks) { $0 }
    }

    /// - Parameter sealing: what stands between a frame and the node; a test may put something else in the cipher's place.
    func publish(
        _ tracks: [SyntheticTrack],
        sealing: @escaping @Sendable (FrameCipher) -> any FrameSealer
    ) async throws(ParticipantError) {
        published = (tracks, sealing)
        let credentials = ICECredentials.make(using: &randomness)
        let (token, port) = try await openConnection(credentials: credentials, isPublisher: true)
        publisher = token
        let offer = PublisherOffer(
            tracks: tracks,
            credentials: credentials,
            fingerprint: identity.fingerprint,
            candidates: [.host(localAddress.with(port: port))],
            using: &randomness
        )
        let request = nextRequest
        nextRequest += 1
        let sources = tracks.enumerated().map { MidSource(mid: String($0.offset), source: $0.element.source) }
        send(.publish(request: request, offer: offer.description.text, sources: sources))
        try await wait { $0.answers[request] != nil }
        guard let answer = answers.removeValue(forKey: request) else { throw .protocolViolation }
        let accepted = try offer.accept(try answer.get())
        await loop.run { state in
            state.connection(token)?.session.setRemote(
                credentials: accepted.credentials,
                fingerprint: accepted.fingerprint,
                candidates: accepted.candidates
            )
        }
        try await wait { $0.isPublisherConnected }
        let cipher = cipher
        await loop.run { state in
            guard let connection = state.connection(token), let cipher = state.cipher(cipher) else { return }
            var randomness = SystemRandomness()
            let now = state.now
            let frames = sealing(cipher)
            for (track, parameters) in zip(tracks, accepted.parameters) {
                connection.add(
                    RTPProducer(
                        track: track,
                        parameters: parameters,
                        frames: frames,
                        now: now,
                        randomness: &randomness
                    )
                )
            }
        }
        setFlags(PersonFlags(tracks.map { PersonFlags($0.source) }))
    }

    /// Asks for a layer of somebody's camera.
    public func want(_ layer: SimulcastLayer, of participant: ParticipantID) {
        let track = TrackID(participant: participant, source: .camera)
        send(.layers([LayerWish(track: track, layer: layer)]))
    }

    /// What media has come to so far.
    public func media() async -> MediaSnapshot {
        let (publisher, subscriber, cipher) = (publisher, subscriber, cipher)
        return await loop.run { state in
            var snapshot = MediaSnapshot()
            snapshot.at = state.now
            if let keys = state.cipher(cipher) {
                for source in TrackSource.allCases where keys.sealed[Int(source.context)] > 0 {
                    snapshot.sealed[source] = Int(keys.sealed[Int(source.context)])
                }
                snapshot.sealingRefused = keys.sealingRefused
                snapshot.sendingEpoch = keys.sendingEpoch
            }
            if let connection = publisher.flatMap({ state.connection($0) }) { snapshot.traffic.add(connection.traffic) }
            if let connection = subscriber.flatMap({ state.connection($0) }) {
                snapshot.traffic.add(connection.traffic)
                snapshot.packets = connection.statistics
                snapshot.frames = connection.frames
                snapshot.liveTracks = connection.liveStreams
            }
            return snapshot
        }
    }

    /// From here on gaps between frames count anew.
    public func forgetGaps() async {
        guard let subscriber else { return }
        await loop.run { $0.connection(subscriber)?.forgetGaps() }
    }

    /// A place taken anew has no media at the node: what was published is published again, what comes is offered anew.
    func beginMediaAnew() {
        entries += 1
        close(detachMedia())
        guard let published else { return }
        Task { [weak self] in try? await self?.publish(published.tracks, sealing: published.sealing) }
    }

    /// Forgets both connections; whoever calls closes them.
    func detachMedia() -> [UInt64] {
        let tokens = [publisher, subscriber].compactMap(\.self)
        publisher = nil
        subscriber = nil
        subscriberCredentials = nil
        isPublisherConnected = false
        return tokens
    }

    private func close(_ tokens: [UInt64]) {
        loop.perform { state in
            for token in tokens { state.close(token) }
        }
    }

    private func openConnection(
        credentials: ICECredentials,
        isPublisher: Bool
    ) async throws(ParticipantError) -> (token: UInt64, port: UInt16) {
        let identity = identity
        let address = localAddress
        let sampling = options.sampling
        let keys = cipher
        // The loop holds no participant alive: one that is gone hears nothing.
        let changed: @Sendable (Bool) -> Void = { [weak self] isConnected in
            Task { [weak self] in await self?.connectionChanged(isPublisher: isPublisher, isConnected: isConnected) }
        }
        let opened = await loop.run { state -> Result<(UInt64, UInt16), ParticipantError> in
            guard let cipher = state.cipher(keys) else { return .failure(.media) }
            do throws(ParticipantError) {
                var bound: UInt16 = 0
                let connection = try state.open { port, now in
                    bound = port
                    let agent = ICEAgent.Configuration(
                        local: credentials,
                        isControlling: true,
                        candidates: [.host(address.with(port: port))],
                        randomness: SystemRandomness()
                    )
                    let session = try PeerSession(
                        PeerSession.Configuration(ice: .full(agent), identity: identity, dtlsRole: .client),
                        now: now
                    )
                    return MediaConnection.Parts(
                        session: session,
                        cipher: cipher,
                        sampling: sampling,
                        onStateChange: changed
                    )
                }
                return .success((connection.token, bound))
            } catch {
                return .failure(error)
            }
        }
        return try opened.get()
    }

    private func connectionChanged(isPublisher: Bool, isConnected: Bool) {
        if isPublisher { isPublisherConnected = isConnected }
        wakeAll()
    }

    /// Answers the node's offer. One at a time: the node makes no other before this is answered.
    func answer(_ offer: String, tracks: [SubscriptionEntry], request: Int) async throws(ParticipantError) {
        let credentials = subscriberCredentials ?? ICECredentials.make(using: &randomness)
        subscriberCredentials = credentials
        var port: UInt16 = 9
        if subscriber == nil {
            let opened = try await openConnection(credentials: credentials, isPublisher: false)
            subscriber = opened.token
            port = opened.port
        }
        guard let token = subscriber else { throw .media }
        descriptionVersion += 1
        let answer = try SubscriberAnswer(
            to: offer,
            tracks: tracks,
            credentials: credentials,
            fingerprint: identity.fingerprint,
            candidates: [.host(localAddress.with(port: port))],
            id: 1,
            version: descriptionVersion
        )
        await loop.run { state in
            guard let connection = state.connection(token) else { return }
            connection.setStreams(answer.streams)
            connection.session.setRemote(
                credentials: answer.credentials,
                fingerprint: answer.fingerprint,
                candidates: answer.candidates
            )
        }
        send(.answer(request: request, answer: answer.description.text))
    }
}
