// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import Logging
import Meetings
import NIOCore
import WebClient

extension App {
    /// The whole life of the process.
    static func serve(_ wanted: Settings) async throws(StartError) {
        let files = OpenFiles.raisingLimit()
        let settings = wanted.fitting(files)
        if settings.limits.total < wanted.limits.total {
            Logger(label: "vigil").notice(
                "The process may open few files, so it holds fewer connections",
                metadata: ["files": "\(files.limit)", "connections": "\(settings.limits.total)"]
            )
        }
        let bundle = try webBundle(settings)
        let addresses = ReachableAddresses.all()
        let security: TransportSecurity?
        do {
            security = try TransportSecurity.make(settings, addresses: addresses, now: Date())
        } catch {
            throw .certificate(error)
        }
        let log: NodeLog
        do throws(NodeLogFault) {
            log = try NodeLog(settings, manifest: bundle.manifest)
        } catch {
            throw .log(error)
        }
        let media = MediaPlane(files.fit(MediaPlaneConfiguration(settings), workers: settings.mediaThreads))
        do {
            try media.start()
        } catch {
            throw .media(error)
        }
        var parts = Parts(bundle: bundle, security: security, media: media)
        parts.log = log
        parts.mediaMetrics = { await media.metrics() }
        parts.onReady = { port in
            let text = Greeting.text(settings: settings, port: port, security: security, addresses: addresses)
            // In one piece and at once, also into a pipe.
            FileHandle.standardOutput.write(Data(text.utf8))
        }
        let app = try App(settings, parts)
        let signals = StopSignals { Task { await app.stop() } }
        do {
            try await app.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw .addressInUse(host: settings.host, port: settings.port)
        } catch is IOError {
            throw .cannotListen(host: settings.host, port: settings.port)
        } catch  where app.status.isDraining {
            // What was still running was cancelled; nobody waits for it.
        } catch {
            throw .stopped(kind: "\(type(of: error))")
        }
        withExtendedLifetime(signals) {}
    }

    private static func webBundle(_ settings: Settings) throws(StartError) -> WebBundle {
        guard let folder = settings.webFolder ?? WebFolder.find() else { throw .noWebClient(nil) }
        do {
            return try WebBundle(folder: folder)
        } catch {
            throw .noWebClient(error)
        }
    }
}

extension MediaPlane: MediaPlaneProtocol {}

extension Settings {
    fileprivate func fitting(_ files: OpenFiles) -> Settings {
        var fitting = self
        fitting.limits = files.fit(limits)
        return fitting
    }
}

extension MediaPlaneConfiguration {
    init(_ settings: Settings) {
        self.init()
        ports = settings.udpPorts
        workers = settings.mediaThreads
        publicAddresses = settings.publicAddresses.compactMap { LocalAddress($0) }
    }
}
