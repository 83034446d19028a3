// SPDX-License-Identifier: Apache-2.0

public import Base
public import Meetings
public import NIOCore
import Transport

/// A headless participant of a meeting: joins, publishes synthetic media, receives what the others publish.
///
/// Tests and benchmarks drive it, hundreds on one machine: they share a ``MediaLoop`` and an event loop group.
public actor Participant {
    /// What a participant is told, and tells.
    public enum Standing: Hashable, Sendable {
        case waiting
        case admitted
        case ended
    }

    public nonisolated let name: String
    public private(set) var standing = Standing.waiting
    public private(set) var id: ParticipantID?
    public private(set) var role: Role?
    /// Everybody in the meeting, this participant included.
    public private(set) var roster: Set<ParticipantID> = []
    public private(set) var knocks: Set<ParticipantID> = []
    /// The types of all messages so far, in order.
    public private(set) var history: [String] = []

    private let loop: MediaLoop
    private let identity: DTLSIdentity
    private let localAddress: TransportAddress
    private var randomness = SystemRandomness()
    private var signalling: SignallingConnection
    private var reader: Task<Void, Never>?
    private var resumeToken: ResumeToken?
    private let meeting: MeetingID
    private let node: NodeAddress
    private let group: any EventLoopGroup

    private var publisher: UInt64?
    private var subscriber: UInt64?
    private var subscriberCredentials: ICECredentials?
    private var descriptionVersion: UInt64 = 0
    private var isPublisherConnected = false
    private var isSubscriberConnected = false
    private var nextRequest = 1
    private var answers: [Int: Result<String, ParticipantError>] = [:]
    private var watchers: [(id: Int, resume: CheckedContinuation<Void, Never>)] = []
    private var nextWatcher = 0
    private var refusal: String?

    /// Connects and asks to join; returns as soon as the node said `welcome` or `waiting`.
    ///
    /// - Parameters:
    ///   - hostToken: 43 characters of base64url; with it the participant starts the meeting and is its host.
    public static func join(
        _ meeting: MeetingID,
        at node: NodeAddress,
        name: String,
        hostToken: String? = nil,
        loop: MediaLoop,
        group: any EventLoopGroup
    ) async throws(ParticipantError) -> Participant {
        let identity: DTLSIdentity
        do throws(DTLSError) { identity = try DTLSIdentity.make() } catch { throw .resources }
        guard let address = LocalAddress.own() else { throw .resources }
        let signalling = try await SignallingConnection.connect(to: node, group: group)
        let participant = Participant(
            meeting: meeting,
            node: node,
            name: name,
            identity: identity,
            address: address,
            signalling: signalling,
            loop: loop,
            group: group
        )
        try await participant.enter(create: hostToken != nil, hostToken: hostToken, resume: nil)
        return participant
    }

    private init(
        meeting: MeetingID,
        node: NodeAddress,
        name: String,
        identity: DTLSIdentity,
        address: TransportAddress,
        signalling: SignallingConnection,
        loop: MediaLoop,
        group: any EventLoopGroup
    ) {
        self.meeting = meeting
        self.node = node
        self.name = name
        self.identity = identity
        localAddress = address
        self.signalling = signalling
        self.loop = loop
        self.group = group
    }

    /// Publishes and waits until the connection is up and media flows.
    public func publish(_ tracks: [SyntheticTrack]) async throws(ParticipantError) {
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
        try await send(.publish(request: request, offer: offer.description.text, sources: sources))
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
        await loop.run { state in
            guard let connection = state.connection(token) else { return }
            var randomness = SystemRandomness()
            let now = state.now
            for (track, parameters) in zip(tracks, accepted.parameters) {
                connection.add(
                    RTPProducer(track: track, parameters: parameters, now: now, randomness: &randomness)
                )
            }
        }
        let on = Set(tracks.map(\.source))
        try await send(
            .state(
                StateChange(
                    microphone: on.contains(.microphone) ? true : nil,
                    camera: on.contains(.camera) ? true : nil,
                    screen: on.contains(.screen) ? true : nil,
                    hand: nil
                )
            )
        )
    }

    /// Sends any message of the protocol.
    func send(_ message: ClientMessage) async throws(ParticipantError) {
        try await signalling.send(message.serialized())
    }

    /// Asks for a layer of somebody's camera.
    public func want(_ layer: SimulcastLayer, of participant: ParticipantID) async throws(ParticipantError) {
        let track = TrackID(participant: participant, source: .camera)
        try await send(.layers([LayerWish(track: track, layer: layer)]))
    }

    /// Admits everybody who knocks.
    public func admitAll() async throws(ParticipantError) { try await send(.admitAll) }

    /// Switches the lobby.
    public func setLobby(_ enabled: Bool) async throws(ParticipantError) { try await send(.lobby(enabled)) }

    /// Everything received so far.
    public func statistics() async -> ReceiveStatistics {
        guard let subscriber else { return ReceiveStatistics() }
        return await loop.run { $0.connection(subscriber)?.statistics ?? ReceiveStatistics() }
    }

    /// How many of the others' tracks have brought media so far.
    public func liveTracks() async -> Int {
        guard let subscriber else { return 0 }
        return await loop.run { $0.connection(subscriber)?.liveStreams ?? 0 }
    }

    /// Waits until `condition` holds; it is looked at after every message and every change of a connection.
    public func wait(
        seconds: Int64 = 30,
        until condition: (isolated Participant) -> Bool
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
            guard standing != .ended else { throw .disconnected }
            await withCheckedContinuation { watchers.append((watcher, $0)) }
        }
    }

    public func waitUntilAdmitted() async throws(ParticipantError) { try await wait { $0.standing == .admitted } }

    public func waitUntilReceiving() async throws(ParticipantError) { try await wait { $0.isSubscriberConnected } }

    /// Leaves with a goodbye.
    public func leave() async {
        try? await send(.leave)
        await end()
    }

    /// Loses the signalling socket without a goodbye; media goes on.
    public func loseSignalling() async { await signalling.cut() }

    /// Comes back after ``loseSignalling()`` as the same participant.
    public func resume() async throws(ParticipantError) {
        guard let resumeToken else { throw .protocolViolation }
        reader?.cancel()
        signalling = try await SignallingConnection.connect(to: node, group: group)
        standing = .waiting
        try await enter(create: false, hostToken: nil, resume: resumeToken)
    }

    /// Cuts both media sockets off, or lets them work again.
    public func setMediaCutOff(_ isCutOff: Bool) async {
        let tokens = [publisher, subscriber].compactMap(\.self)
        await loop.run { state in
            for token in tokens { state.connection(token)?.isCutOff = isCutOff }
        }
    }
}

// MARK: - Signalling

extension Participant {
    private func enter(create: Bool, hostToken: String?, resume: ResumeToken?) async throws(ParticipantError) {
        guard let displayName = DisplayName(name) else { throw .protocolViolation }
        let messages = signalling.messages
        reader = Task { [weak self] in
            for await bytes in messages { await self?.receive(bytes) }
            await self?.signallingEnded()
        }
        var host: HostToken?
        if let hostToken {
            guard let token = HostToken(hostToken) else { throw .protocolViolation }
            host = token
        }
        let join = JoinRequest(
            meeting: meeting,
            name: displayName,
            create: create,
            hostToken: host,
            resume: resume,
            media: .keep
        )
        let before = history.count
        try await send(.join(join))
        try await wait { participant in
            participant.history[before...].contains { $0 == "welcome" || $0 == "waiting" || $0 == "refused" }
        }
        if let refusal { throw .refused(refusal) }
    }

    private func signallingEnded() {
        history.append("closed")
        wakeAll()
    }

    private func receive(_ bytes: [UInt8]) async {
        guard let message = try? ServerMessage(parsing: bytes) else { return end(as: "unreadable") }
        switch message {
        case .welcome(let welcome):
            id = welcome.own
            role = welcome.role
            resumeToken = welcome.resume
            roster = Set(welcome.participants.map(\.id))
            standing = .admitted
        case .refused(let reason):
            refusal = reason.rawValue
            standing = .ended
        case .participant(let participant): roster.insert(participant.id)
        case .left(let participant, _): roster.remove(participant)
        case .knock(let knock): knocks.insert(knock.participant)
        case .knockGone(let participant): knocks.remove(participant)
        case .published(let request, let sdp): answers[request] = .success(sdp)
        case .error(let code, let request?, _): answers[request] = .failure(.error(code.rawValue))
        case .subscribe(let request, let sdp, _): try? await answer(sdp, request: request)
        case .ended, .removed: standing = .ended
        default: break
        }
        history.append(message.type)
        wakeAll()
    }

    private func end(as word: String) {
        history.append(word)
        standing = .ended
        wakeAll()
    }

    private func wakeAll() {
        let waiting = watchers
        watchers = []
        for watcher in waiting { watcher.resume.resume() }
    }

    private func wake(_ id: Int) {
        guard let index = watchers.firstIndex(where: { $0.id == id }) else { return }
        watchers.remove(at: index).resume.resume()
    }

    private func end() async {
        standing = .ended
        reader?.cancel()
        await signalling.cut()
        let tokens = [publisher, subscriber].compactMap(\.self)
        await loop.run { state in
            for token in tokens { state.close(token) }
        }
        wakeAll()
    }
}

// MARK: - Media

extension Participant {
    private func openConnection(
        credentials: ICECredentials,
        isPublisher: Bool
    ) async throws(ParticipantError) -> (token: UInt64, port: UInt16) {
        let identity = identity
        let address = localAddress
        // The loop holds no participant alive: one that is gone hears nothing.
        let changed: @Sendable (Bool) -> Void = { [weak self] isConnected in
            Task { [weak self] in await self?.connectionChanged(isPublisher: isPublisher, isConnected: isConnected) }
        }
        let opened = await loop.run { state -> Result<(UInt64, UInt16), ParticipantError> in
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
                    return MediaConnection.Parts(session: session, onStateChange: changed)
                }
                return .success((connection.token, bound))
            } catch {
                return .failure(error)
            }
        }
        return try opened.get()
    }

    private func connectionChanged(isPublisher: Bool, isConnected: Bool) {
        if isPublisher { isPublisherConnected = isConnected } else { isSubscriberConnected = isConnected }
        wakeAll()
    }

    private func answer(_ offer: String, request: Int) async throws(ParticipantError) {
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
        try await send(.answer(request: request, answer: answer.description.text))
    }
}
