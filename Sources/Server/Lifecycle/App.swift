// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import Meetings
import NIOCore
import NIOPosix
import ServiceLifecycle
import WebClient

/// The node's parts, put together.
///
/// Start: settings → web client, certificate → media → signalling → pages. Stop: no new connections and `draining` to
/// everyone → the sockets close → media stops.
struct App: Sendable {
    let status: NodeStatus
    let group: ServiceGroup
    private let node: Node
    private let media: any MediaPlaneProtocol

    /// What a node is made of that tests replace.
    struct Parts: Sendable {
        var bundle: WebBundle
        var security: TransportSecurity?
        var media: any MediaPlaneProtocol
        /// `nil` in tests that are about something else.
        var log: NodeLog?
        var totals = Totals()
        /// What the media threads count, for the page of totals.
        var mediaMetrics: @Sendable () async -> MediaMetrics = { MediaMetrics() }
        /// Called with the port, once the node takes connections.
        var onReady: @Sendable (Int) -> Void = { _ in }
    }

    init(_ settings: Settings, _ parts: Parts) throws(StartError) {
        let logger = Logger(label: "vigil")
        let status = NodeStatus(allowedOrigins: settings.allowedOrigins)
        self.status = status
        media = parts.media
        var limits = MeetingLimits()
        limits.connections = settings.limits.total
        let node = Node(
            eventLoop: MultiThreadedEventLoopGroup.singleton.any(),
            media: parts.media,
            limits: limits,
            turn: settings.turn.map { TURNCredentials(settings: $0) },
            totals: parts.totals
        )
        self.node = node

        var builder = HTTPServerBuilder.node(
            connections: Connections(limits: settings.limits, totals: parts.totals),
            status: status,
            totals: parts.totals,
            delegate: node
        )
        if let security = parts.security {
            do {
                builder = try .tls(builder, tlsConfiguration: security.configuration)
            } catch {
                throw .certificate(.unusable(settings.tls?.certificate ?? settings.dataFolder))
            }
        }
        let isTrustedTLS = parts.security.map { !$0.isSelfSigned } ?? false
        let onReady = parts.onReady
        let pages = Application(
            responder: NodeResponder(
                pages: PageResponder(bundle: parts.bundle, status: status, isTrustedTLS: isTrustedTLS),
                log: parts.log.map { LogResponder(log: $0, isTrustedTLS: isTrustedTLS) }
            ),
            server: builder,
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: nil),
            onServerRunning: { channel in onReady(channel.localAddress?.port ?? settings.port) },
            logger: App.libraryLogger
        )
        var services: [any Service] = [pages]
        if let log = parts.log { services.append(log) }
        if let port = settings.metricsPort { services.append(App.metrics(parts, port: port)) }
        var configuration = ServiceGroupConfiguration(services: services, logger: App.libraryLogger)
        // Then what still runs is cancelled; StopSignals has the last word.
        configuration.maximumGracefulShutdownDuration = .seconds(3)
        group = ServiceGroup(configuration: configuration)
        logger.debug("The node is put together")
    }

    /// Serves until ``stop()``. The media plane has been started.
    func run() async throws {
        let pump = Task { await node.pump() }
        defer {
            media.stop()
            pump.cancel()
        }
        try await group.run()
    }

    /// Tells everyone, then stops.
    func stop() async {
        guard status.startDraining() else { return }
        await node.drain()
        await group.triggerGracefulShutdown()
    }

    /// Totals for Prometheus, on the loopback address only.
    private static func metrics(_ parts: Parts, port: Int) -> some Service {
        Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                guard request.method == .get, request.uri.path == "/metrics" else {
                    return Response(status: .notFound)
                }
                let body = ByteBuffer(string: parts.totals.text(await parts.mediaMetrics()))
                return Response(
                    status: .ok,
                    headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                    body: .init(byteBuffer: body)
                )
            },
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: nil),
            logger: libraryLogger
        )
    }

    /// Libraries' own lines may name addresses; nothing below a warning is let through.
    private static var libraryLogger: Logger {
        var logger = Logger(label: "vigil.http")
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
