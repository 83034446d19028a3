// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import LogKeeping
import Logging
import NativeCrypto
import ServiceLifecycle
import Transparency

/// The node's public log: its files, its writer, and what it says of the node itself.
struct NodeLog: Sendable {
    let store: LogStore<PosixDisk>
    let writer: LogWriter<LogStore<PosixDisk>>
    /// For readers that have nothing else: the log's key, and the policy that the node keeps.
    let policyText: [UInt8]
    let manifest: ClientManifest
    private let releases: ReleaseLogger<LogStore<PosixDisk>, PosixDisk>
    /// Holds the folder's lock.
    private let owned: OwnedLog

    /// Reads or makes the log in the data folder's `log/`.
    ///
    /// - Parameter manifest: of the web client that the node serves.
    init(_ settings: Settings, manifest: ClientManifest) throws(NodeLogFault) {
        do {
            try FileManager.default.createDirectory(
                atPath: settings.dataFolder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .dataFolder(settings.dataFolder)
        }
        let path = settings.dataFolder + "/log"
        var randomness = SystemRandomness()
        let reporter = LogReporter()
        do throws(OwnedLogFault) {
            owned = try OwnedLog(path, origin: settings.log.origin, randomness: &randomness)
            writer = try owned.writer(
                policy: settings.log.policy,
                over: NetworkExchange(),
                onTrouble: { reporter.tell($0, $1) },
                onEvent: { reporter.tell($0) }
            )
        } catch {
            throw .log(error)
        }
        self.manifest = manifest
        store = owned.store
        policyText = NodeLog.policyText(owned.signer.key, settings.log)
        releases = ReleaseLogger(writer, remembering: DurableFolder(path, on: PosixDisk()))
    }

    /// The policy with the log's own key in front, unless it is there.
    private static func policyText(_ key: VerifierKey, _ settings: LogSettings) -> [UInt8] {
        let names = settings.policy.logs.contains { $0.key == key }
        return (names ? [] : Array("log \(key.text)\n".utf8)) + settings.policyText
    }

    /// What this start brings, once each; waits as long as the witnesses let it.
    func logReleases() async {
        let logger = Logger(label: "vigil.log")
        var found = [Release(.web, artifact: manifest.artifact)]
        if let hash = await FileDigest.sha256(of: "/proc/self/exe") { found.append(Release(.server, artifact: hash)) }
        guard let time = EntryTime(seconds: WallClock.now.seconds) else { return }
        for release in found {
            do {
                guard let receipt = try await releases.log(release, at: time) else { continue }
                logger.notice(
                    "A release is in the log",
                    metadata: [
                        "component": "\(release.component.rawValue)", "artifact": "\(release.artifact)",
                        "entry": "\(receipt.index)",
                    ]
                )
            } catch is CancellationError {
                return
            } catch {
                logger.error("A release couldn't be logged", metadata: ["reason": "\(error)"])
            }
        }
    }
}

extension NodeLog: Service {
    func run() async throws {
        await writer.start()
        let releases = Task { await logReleases() }
        try? await gracefulShutdown()
        // Who still waits is told nothing, as in a crash: the stage has what isn't published yet.
        await writer.end()
        await releases.value
    }
}
