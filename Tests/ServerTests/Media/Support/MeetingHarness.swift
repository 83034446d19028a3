// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Meetings
import NIOConcurrencyHelpers
import Testing
import Transport

@testable import Server

/// A media plane on loopback with clients of our own. Waiting means pumping the clients until something is so; the
/// patience is for slow machines and isn't a claim about time.
final class MeetingHarness {
    static let patience = Interval.seconds(120)

    let plane: MediaPlane
    let meeting: MeetingID
    private(set) var clients: [ClientConnection] = []
    private let collected = Collected()
    private let collector: Task<Void, Never>

    private final class Collected: Sendable {
        let events = NIOLockedValueBox<[MediaEvent]>([])
    }

    init(_ adjust: (inout MediaPlaneConfiguration) -> Void = { _ in }) throws {
        var configuration = MediaPlaneConfiguration()
        configuration.ports = 0...0
        configuration.publicAddresses = [try #require(LocalAddress("127.0.0.1"))]
        adjust(&configuration)
        plane = MediaPlane(configuration)
        meeting = try #require(MeetingID("AAAAAAAAAAAAAAAAAAAAAA"))
        try plane.start()
        let events = plane.events
        let collected = collected
        collector = Task {
            for await (_, event) in events { collected.events.withLockedValue { $0.append(event) } }
        }
    }

    deinit {
        plane.stop()
        collector.cancel()
    }

    var events: [MediaEvent] { collected.events.withLockedValue { $0 } }

    func client() throws -> ClientConnection {
        let client = try ClientConnection()
        clients.append(client)
        return client
    }

    func perform(_ command: MediaCommand) { plane.perform(command, in: meeting) }

    /// Pumps until `condition` gives something.
    func wait<Found>(
        for what: Comment,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ condition: () throws -> Found?
    ) async throws -> Found {
        let start = MediaClock.now()
        while MediaClock.now() - start < Self.patience {
            for client in clients { client.pump() }
            if let found = try condition() { return found }
            try await Task.sleep(for: .milliseconds(2))
        }
        Issue.record("never came: \(what)", sourceLocation: sourceLocation)
        throw Timeout()
    }

    struct Timeout: Error {}

    /// Publishes a microphone for a new participant and connects it.
    func publish(_ participant: ParticipantID, request: Int = 1, overTCP: Bool = false) async throws
        -> ClientConnection
    {
        let client = try client()
        perform(
            .publish(
                participant,
                request: request,
                offer: ClientDescriptions.microphoneOffer(client),
                sources: [MidSource(mid: "0", source: .microphone)]
            )
        )
        let answer = try await wait(for: "published") {
            events.lazy.compactMap { event in
                if case .published(participant, request, let answer) = event { answer } else { nil }
            }.first
        }
        try client.connect(to: SessionDescription.parse(answer), overTCP: overTCP)
        _ = try await wait(for: "publisher connected") { client.isConnected ? true : nil }
        return client
    }

    /// The next offer to the participant after the given number of them.
    func offer(to participant: ParticipantID, after count: Int = 0) async throws
        -> (request: Int, offer: SessionDescription, tracks: [SubscriptionEntry])
    {
        try await wait(for: "offer") {
            let offers = events.compactMap { event in
                if case .subscribe(participant, let request, let offer, let tracks) = event {
                    (request, offer, tracks)
                } else {
                    nil
                }
            }
            guard offers.count > count else { return nil }
            let (request, offer, tracks) = offers[count]
            return (request, try SessionDescription.parse(offer), tracks)
        }
    }
}
