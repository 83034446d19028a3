// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing
import Transport

@testable import Server

/// Whole meetings over real sockets on loopback: our own full ICE agent, DTLS and SRTP at the client's end.
@Suite struct MediaPlaneTests {
    private let ana = ParticipantID(rawValue: 0xA)
    private let ben = ParticipantID(rawValue: 0xB)
    private let microphone: UInt32 = 0x1111

    /// Ana publishes a microphone, Ben is offered it and connects.
    private func meeting(
        overTCP: Bool = false,
        _ adjust: (inout MediaPlaneConfiguration) -> Void = { _ in }
    ) async throws -> (MeetingHarness, publisher: ClientConnection, viewer: ClientConnection) {
        let harness = try MeetingHarness(adjust)
        harness.perform(.join(ana))
        harness.perform(.join(ben))
        let publisher = try await harness.publish(ana, overTCP: overTCP)
        let (request, offer, tracks) = try await harness.offer(to: ben)
        #expect(tracks.map(\.track) == [TrackID(participant: ana, source: .microphone)])
        let viewer = try harness.client()
        try viewer.connect(to: offer, overTCP: overTCP)
        harness.perform(.answer(ben, request: request, answer: ClientDescriptions.answer(viewer, to: offer)))
        _ = try await harness.wait(for: "viewer connected") { viewer.isConnected ? true : nil }
        return (harness, publisher, viewer)
    }

    private func speak(_ publisher: ClientConnection, _ words: String) {
        publisher.sendRTP(
            ssrc: microphone,
            payloadType: 111,
            mid: (ClientDescriptions.midExtension, "0"),
            payload: Array(words.utf8)
        )
    }

    /// Repeats, since what is said before the viewer's keys are attached is said to nobody.
    private func hears(_ harness: MeetingHarness, _ viewer: ClientConnection, _ publisher: ClientConnection)
        async throws -> ClientConnection.Packet
    {
        let before = viewer.packets.count
        return try await harness.wait(for: "packet") {
            speak(publisher, "hello")
            return viewer.packets.count > before ? viewer.packets[before] : nil
        }
    }

    @Test("a packet of one participant reaches the other, under the viewer's own SSRC", arguments: [false, true])
    func forwarding(overTCP: Bool) async throws {
        let (harness, publisher, viewer) = try await meeting(overTCP: overTCP)
        let packet = try await hears(harness, viewer, publisher)
        #expect(packet.payload == Array("hello".utf8))
        #expect(packet.header.ssrc != microphone)
        #expect(packet.header.payloadType == 111)
        let metrics = await harness.plane.metrics()
        #expect(metrics.mediaReceived > 0)
        #expect(overTCP ? metrics.streamConnections == 2 : metrics.forwardingLatency.total > 0)
        #expect(metrics.peers == 2)
        #expect(metrics.meetings == 1)
        #expect(harness.events.contains(.connection(ana, .publisher, .connected)))
        #expect(harness.events.contains(.connection(ben, .subscriber, .connected)))
    }

    @Test("nobody is offered their own track, and whoever leaves is offered away")
    func leaving() async throws {
        let (harness, _, viewer) = try await meeting()
        harness.perform(.leave(ana))
        let (request, offer, tracks) = try await harness.offer(to: ben, after: 1)
        #expect(tracks.isEmpty)
        harness.perform(.answer(ben, request: request, answer: ClientDescriptions.answer(viewer, to: offer)))
        _ = try await harness.wait(for: "one peer left") { () -> Bool? in true }
        #expect(await harness.plane.metrics().peers == 1)
        let offers = harness.events.filter { if case .subscribe(ana, _, _, _) = $0 { true } else { false } }
        #expect(offers.isEmpty)
        harness.perform(.close)
        let metrics = await harness.plane.metrics()
        #expect(metrics.peers == 0)
        #expect(metrics.meetings == 0)
    }

    @Test("an ICE restart of either side goes on over the same keys")
    func restarts() async throws {
        let (harness, publisher, viewer) = try await meeting()
        _ = try await hears(harness, viewer, publisher)

        publisher.restart()
        harness.perform(
            .publish(
                ana,
                request: 2,
                offer: ClientDescriptions.microphoneOffer(publisher, version: 2),
                sources: [MidSource(mid: "0", source: .microphone)]
            )
        )
        let answer = try await harness.wait(for: "answer to the restart") {
            harness.events.lazy.compactMap { event in
                if case .published(ana, 2, let answer) = event { answer } else { nil }
            }.first
        }
        try publisher.connect(to: SessionDescription.parse(answer))

        viewer.restart()
        harness.perform(.restartSubscriber(ben))
        let (request, offer, _) = try await harness.offer(to: ben, after: 1)
        try viewer.connect(to: offer)
        harness.perform(.answer(ben, request: request, answer: ClientDescriptions.answer(viewer, to: offer)))

        _ = try await hears(harness, viewer, publisher)
        #expect(publisher.disconnection == nil)
        #expect(viewer.disconnection == nil)
        #expect(await harness.plane.metrics().peers == 2)
    }

    @Test("a page that was loaded again takes over its participant's connections")
    func newConnectionObjects() async throws {
        let (harness, _, _) = try await meeting()
        let publisher = try await harness.publish(ana, request: 2)
        let viewer = try harness.client()
        harness.perform(.restartSubscriber(ben))
        let (request, offer, _) = try await harness.offer(to: ben, after: 1)
        try viewer.connect(to: offer)
        harness.perform(.answer(ben, request: request, answer: ClientDescriptions.answer(viewer, to: offer)))
        _ = try await harness.wait(for: "viewer connected") { viewer.isConnected ? true : nil }
        _ = try await hears(harness, viewer, publisher)
        #expect(await harness.plane.metrics().peers == 2)
    }

    @Test("refused offers and answers name the reason and change nothing")
    func refusals() async throws {
        let (harness, publisher, viewer) = try await meeting()
        let sources = [MidSource(mid: "0", source: .microphone)]
        let offer = ClientDescriptions.microphoneOffer(publisher)
        harness.perform(.publish(ana, request: 7, offer: "nonsense", sources: sources))
        harness.perform(.publish(ana, request: 8, offer: offer, sources: sources + sources))
        harness.perform(.publish(ana, request: 9, offer: offer, sources: [MidSource(mid: "0", source: .camera)]))
        harness.perform(.answer(ben, request: 99, answer: "nonsense"))
        _ = try await harness.wait(for: "refusal") {
            harness.events.contains(.answerRefused(ben, request: 99, reason: .outOfOrder)) ? true : nil
        }
        #expect(harness.events.contains(.publishRefused(ana, request: 7, reason: .malformed)))
        #expect(harness.events.contains(.publishRefused(ana, request: 8, reason: .tracks)))
        #expect(harness.events.contains(.publishRefused(ana, request: 9, reason: .tracks)))
        _ = try await hears(harness, viewer, publisher)
    }

    @Test("strangers' datagrams are counted and make no state")
    func strangers() async throws {
        let harness = try MeetingHarness()
        let stranger = try harness.client()
        let port = try #require(harness.plane.ports.first)
        let target = TransportAddress(ipv4: 0x7F00_0001, port: port)
        stranger.send([0x80, 111] + [UInt8](repeating: 0, count: 40), to: target)
        stranger.send([22, 254, 253] + [UInt8](repeating: 0, count: 40), to: target)
        stranger.send([0xFF] + [UInt8](repeating: 0, count: 40), to: target)
        stranger.send([UInt8](repeating: 0x80, count: 4_000), to: target)
        // A binding request with USERNAME "AAAAAAAA:B", which is nobody's.
        let username = Array("AAAAAAAA:B".utf8)
        stranger.send(
            [0, 1, 0, 16, 0x21, 0x12, 0xA4, 0x42] + [UInt8](repeating: 1, count: 12) + [0, 6, 0, 10] + username + [
                0, 0,
            ],
            to: target
        )
        var metrics = await harness.plane.metrics()
        while metrics.packetsReceived < 5 { metrics = await harness.plane.metrics() }
        #expect(metrics.dropped(.stranger) == 2)
        #expect(metrics.dropped(.unknownKind) == 1)
        #expect(metrics.dropped(.oversized) == 1)
        #expect(metrics.dropped(.unknownUfrag) == 1)
        #expect(metrics.peers == 0)
        #expect(metrics.packetsSent == 0)
    }

    @Test("a full worker refuses further connections")
    func busy() async throws {
        let harness = try MeetingHarness { $0.maximumPeers = 0 }
        harness.perform(.join(ana))
        let client = try harness.client()
        harness.perform(
            .publish(
                ana,
                request: 1,
                offer: ClientDescriptions.microphoneOffer(client),
                sources: [MidSource(mid: "0", source: .microphone)]
            )
        )
        _ = try await harness.wait(for: "refusal") {
            harness.events.contains(.publishRefused(ana, request: 1, reason: .busy)) ? true : nil
        }
    }

    @Test("stopping ends the threads, the events and whoever waits for numbers; starting again is refused")
    func stopping() async throws {
        let harness = try MeetingHarness()
        #expect(throws: MediaPlaneError.alreadyStarted) { try harness.plane.start() }
        harness.plane.stop()
        harness.perform(.join(ana))
        #expect(await harness.plane.metrics().meetings == 0)
    }
}
