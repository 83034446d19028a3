// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import NIOConcurrencyHelpers
import WebClient

@testable import Server

/// A whole node on a free port of this machine, with a media plane that only listens.
enum LiveNode {
    /// Runs `body` against a node, then stops the node the way a signal does.
    static func run(
        _ adjust: (inout Settings) -> Void = { _ in },
        _ body: @Sendable (App, Int, SilentMedia) async throws -> Void
    ) async throws {
        var settings = try await SettingsSources(commandLine: [.port: ["0"]]).resolve()
        adjust(&settings)
        let (ready, continuation) = AsyncStream.makeStream(of: Int.self)
        let media = SilentMedia()
        let app = try App(
            settings,
            App.Parts(
                bundle: WebBundle(contents: ["/index.html": "landing", "/m.html": "meeting"]),
                media: media,
                onReady: { continuation.yield($0) }
            )
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await app.run() }
            var port = 0
            for await opened in ready {
                port = opened
                break
            }
            do {
                try await body(app, port, media)
            } catch {
                await app.stop()
                throw error
            }
            await app.stop()
            try await group.waitForAll()
        }
    }
}

/// Remembers the commands, and says what it is told to say.
final class SilentMedia: MediaPlaneProtocol {
    let events: AsyncStream<(MeetingID, MediaEvent)>
    private let continuation: AsyncStream<(MeetingID, MediaEvent)>.Continuation
    private let seen = NIOLockedValueBox<[MediaCommand]>([])

    init() {
        (events, continuation) = AsyncStream.makeStream(of: (MeetingID, MediaEvent).self)
    }

    var commands: [MediaCommand] { seen.withLockedValue { $0 } }

    func perform(_ command: MediaCommand, in meeting: MeetingID) {
        seen.withLockedValue { $0.append(command) }
        // The media plane's answers come from elsewhere and later; here at once.
        if case .publish(let participant, let request, let offer, _) = command {
            continuation.yield((meeting, .published(participant, request: request, answer: "answer to \(offer)")))
        }
    }

    func stop() { continuation.finish() }
}
