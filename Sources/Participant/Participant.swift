// SPDX-License-Identifier: Apache-2.0

public import Base
import Meetings
public import Membership
public import NIOCore
import NativeCrypto
import Transport

/// A headless participant of a meeting: a full member of its group, which publishes synthetic media sealed frame by frame
/// and opens what the others publish.
///
/// Tests and benchmarks drive it, hundreds on one machine: they share a ``MediaLoop`` and an event loop group. Everything
/// but media runs on one event loop of that group.
public actor Participant {
    public nonisolated let name: String
    nonisolated let eventLoop: any EventLoop
    private nonisolated let executor: any SerialExecutor
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let node: NodeAddress
    let options: ParticipantOptions
    let loop: MediaLoop
    /// The participant's frame keys in the media loop.
    let cipher: UInt64
    let identity: DTLSIdentity
    let localAddress: TransportAddress
    var randomness = SystemRandomness()

    var client: MeetingClient
    var signalling: SignallingConnection?
    /// Rises with each socket: what an earlier one still says is nobody's.
    var socket = 0
    var alarm: Scheduled<Void>?
    var alarmDue: Moment?
    private var reporter: Task<Void, Never>?
    public internal(set) var traffic = SignallingTraffic()
    /// How often this participant came in anew: first, and after losing its place.
    public internal(set) var entries = 0

    var publisher: UInt64?
    var subscriber: UInt64?
    var subscriberCredentials: ICECredentials?
    var descriptionVersion: UInt64 = 0
    var isPublisherConnected = false
    var nextRequest = Participant.firstMediaRequest
    var answers: [Int: Result<String, ParticipantError>] = [:]
    var published: (tracks: [SyntheticTrack], sealing: @Sendable (FrameCipher) -> any FrameSealer)?

    var watchers: [(id: Int, resume: CheckedContinuation<Void, Never>)] = []
    var nextWatcher = 0
    var listeners: [AsyncStream<MemberEvent>.Continuation] = []

    /// The member counts its own requests from below; what the node answers tells by the number whose it is.
    static let firstMediaRequest = 1 << 30

    /// Founds a meeting of one's own, and returns when it runs.
    public static func found(
        at node: NodeAddress,
        _ settings: MemberSettings,
        options: ParticipantOptions = ParticipantOptions(),
        loop: MediaLoop,
        group: any EventLoopGroup
    ) async throws(ParticipantError) -> Participant {
        var randomness = SystemRandomness()
        let scheme = node.usesTLS ? "https" : "http"
        let identity: MemberIdentity
        do throws(CryptoRefusal) {
            identity = try MemberIdentity(
                foundingAt: [Array("\(scheme)://\(node.host):\(node.port)".utf8)],
                with: NativeCrypto.self,
                using: &randomness
            )
        } catch {
            throw .resources
        }
        let participant = try await enter(identity, at: node, settings, options: options, loop: loop, group: group)
        try await participant.waitUntilInside()
        return participant
    }

    /// Connects and asks to join by a link; returns as soon as that is on its way.
    public static func join(
        _ link: LinkSecret,
        at node: NodeAddress,
        name: String,
        options: ParticipantOptions = ParticipantOptions(),
        loop: MediaLoop,
        group: any EventLoopGroup
    ) async throws(ParticipantError) -> Participant {
        try await enter(
            MemberIdentity(links: [link]),
            at: node,
            MemberSettings(name: Array(name.utf8)),
            options: options,
            loop: loop,
            group: group
        )
    }

    /// Connects as somebody; returns as soon as the request to join is on its way.
    public static func enter(
        _ identity: MemberIdentity,
        at node: NodeAddress,
        _ settings: MemberSettings,
        options: ParticipantOptions = ParticipantOptions(),
        loop: MediaLoop,
        group: any EventLoopGroup
    ) async throws(ParticipantError) -> Participant {
        let certificate: DTLSIdentity
        do throws(DTLSError) { certificate = try DTLSIdentity.make() } catch { throw .resources }
        guard let address = LocalAddress.own() else { throw .resources }
        let client: MeetingClient
        do throws(MemberRefusal) { client = try MeetingClient(identity, settings) } catch { throw .resources }
        let participant = Participant(
            client,
            name: String(decoding: settings.name, as: UTF8.self),
            node: node,
            options: options,
            identity: certificate,
            address: address,
            loop: loop,
            cipher: await loop.run { $0.addCipher() },
            eventLoop: group.next()
        )
        try await participant.connect()
        return participant
    }

    private init(
        _ client: MeetingClient,
        name: String,
        node: NodeAddress,
        options: ParticipantOptions,
        identity: DTLSIdentity,
        address: TransportAddress,
        loop: MediaLoop,
        cipher: UInt64,
        eventLoop: any EventLoop
    ) {
        self.client = client
        self.name = name
        self.node = node
        self.options = options
        self.identity = identity
        localAddress = address
        self.loop = loop
        self.cipher = cipher
        self.eventLoop = eventLoop
        executor = eventLoop.executor
    }

    /// What this participant's screen would show.
    public var view: MeetingView { client.view }
    public var id: ParticipantID? { client.view.own }
    public var link: LinkSecret? { client.view.link }

    /// Everything that is said to the person from now on.
    public func events() -> AsyncStream<MemberEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: MemberEvent.self)
        listeners.append(continuation)
        return stream
    }

    func startReporting() {
        guard reporter == nil else { return }
        let interval = Duration.nanoseconds(options.countsInterval.nanoseconds)
        reporter = Task { [weak self] in
            while !Task.isCancelled {
                try? await Task.sleep(for: interval)
                guard let self else { return }
                await self.reportCounts()
            }
        }
    }

    /// Everything of this participant that outlives a call.
    func end() async {
        reporter?.cancel()
        reporter = nil
        alarm?.cancel()
        alarm = nil
        signalling?.close()
        signalling = nil
        for listener in listeners { listener.finish() }
        listeners = []
        published = nil
        let tokens = detachMedia()
        let cipher = cipher
        await loop.run { state in
            for token in tokens { state.close(token) }
            state.removeCipher(cipher)
        }
        wakeAll()
    }
}
