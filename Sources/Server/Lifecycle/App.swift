// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import ServiceLifecycle

/// The node's parts, put together.
///
/// Start: settings → web client, certificate → media → signalling → pages. Stop: no new connections and `draining` to
/// everyone → the sockets close → media stops.
struct App: Sendable {
    let status: NodeStatus
    let group: ServiceGroup
    private let delegate: any SocketDelegate & Draining

    /// What a node is made of that tests replace.
    struct Parts: Sendable {
        var bundle: WebBundle
        var security: TransportSecurity?
        var delegate: any SocketDelegate & Draining
        var totals = Totals()
        /// Called with the port, once the node takes connections.
        var onReady: @Sendable (Int) -> Void = { _ in }
    }

    init(_ settings: Settings, _ parts: Parts) throws(StartError) {
        let logger = Logger(label: "vigil")
        let status = NodeStatus(allowedOrigins: settings.allowedOrigins)
        self.status = status
        delegate = parts.delegate

        var builder = HTTPServerBuilder.node(
            connections: Connections(limits: settings.limits, totals: parts.totals),
            status: status,
            totals: parts.totals,
            delegate: parts.delegate
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
            responder: PageResponder(bundle: parts.bundle, status: status, isTrustedTLS: isTrustedTLS),
            server: builder,
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: nil),
            onServerRunning: { channel in onReady(channel.localAddress?.port ?? settings.port) },
            logger: App.libraryLogger
        )
        var services: [any Service] = [pages]
        if let port = settings.metricsPort { services.append(App.metrics(parts.totals, port: port)) }
        var configuration = ServiceGroupConfiguration(services: services, logger: App.libraryLogger)
        // Then what still runs is cancelled; StopSignals has the last word.
        configuration.maximumGracefulShutdownDuration = .seconds(3)
        group = ServiceGroup(configuration: configuration)
        logger.debug("The node is put together")
    }

    func run() async throws { try await group.run() }

    /// Tells everyone, then stops.
    func stop() async {
        guard status.startDraining() else { return }
        await delegate.drain()
        await group.triggerGracefulShutdown()
    }

    /// Totals for Prometheus, on the loopback address only.
    private static func metrics(_ totals: Totals, port: Int) -> some Service {
        Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                guard request.method == .get, request.uri.path == "/metrics" else {
                    return Response(status: .notFound)
                }
                let body = ByteBuffer(string: totals.text)
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

/// Something that must hear of the end before its connections do.
protocol Draining: Sendable {
    /// Returns when everyone who is connected has been told.
    func drain() async
}
