// SPDX-License-Identifier: Apache-2.0

import Foundation
import LogKeeping
import NativeCrypto
import Transparency

/// A monitor's run over the network.
struct LogReading {
    let source: LogSource<NetworkExchange>
    var monitor: Monitor<NativeCrypto>
    /// Shown entry bundles as they come, with the log's size, before it is known whether they are the log's: to be believed only if
    /// the run ends without a finding.
    var onBundle: (BundleCoordinate, [UInt8], UInt64) -> Void = { _, _, _ in }

    /// Reads everything that the monitor asks for.
    mutating func run() async throws {
        var progress = Progress()
        var action = monitor.start()
        while case .fetch(let resources) = action {
            let files: [[UInt8]?]
            do throws(LogSourceFault) { files = try await source.fetch(resources) } catch {
                progress.clear()
                throw LogExit.unreadable(error)
            }
            let size = monitor.checkpoint?.head.size ?? 0
            for case (.entries(let bundle), .some(let bytes)) in zip(resources, files) { onBundle(bundle, bytes, size) }
            action = monitor.handle(files)
            let (read, all) = monitor.progress
            progress.show("\(read) of \(all) entries read")
        }
        progress.clear()
    }

    /// Checkpoints of the log as its witnesses hold them, and as other addresses show it.
    ///
    /// - Parameter others: prefixes of the same log elsewhere.
    static func views(
        _ policy: TrustPolicy,
        others: [String],
        over exchange: NetworkExchange
    ) async -> (views: [CheckpointView], notes: [String]) {
        var places: [(name: String, url: String, path: String)] = others.map { ($0, $0, "checkpoint") }
        if let origin = policy.logs.first?.log.origin.hash(with: NativeCrypto.self) {
            for witness in policy.witnesses {
                guard let url = witness.url.map({ String(decoding: $0, as: UTF8.self) }) else { continue }
                places.append((String(decoding: witness.name, as: UTF8.self), url, origin + "/checkpoint"))
            }
        }
        var views: [CheckpointView] = []
        var notes: [String] = []
        for place in places {
            do throws(LogSourceFault) {
                let source = LogSource(place.url, over: exchange)
                if let bytes = try await source.fetch(path: place.path, longest: SignedNote.longest) {
                    views.append(CheckpointView(name: place.name, bytes: bytes))
                } else {
                    notes.append("\(place.name) has no checkpoint of this log")
                }
            } catch {
                notes.append("\(place.name) wasn't asked: \(error)")
            }
        }
        return (views, notes)
    }
}
