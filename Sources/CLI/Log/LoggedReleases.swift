// SPDX-License-Identifier: Apache-2.0

import Foundation
import LogKeeping
import NativeCrypto
import Transparency

/// The release entries of a log that was read whole and found in order.
struct LoggedReleases {
    struct Entry: Hashable {
        let index: UInt64
        let time: EntryTime
        let release: Release
    }

    let entries: [Entry]
    /// What is wrong with the log; with it, nothing above is to be believed.
    let faults: [String]

    init(_ source: LogSource<NetworkExchange>, _ policy: TrustPolicy) async throws {
        var reading = LogReading(source: source, monitor: Monitor(policy: policy, now: WallClock.now))
        var found: [Entry] = []
        reading.onBundle = { bundle, bytes, _ in
            guard let entries = try? EntryBundle.decode(bytes, width: bundle.width) else { return }
            for (offset, bytes) in entries.enumerated() {
                guard let entry = try? LogEntry(parsing: bytes), let release = Release(entry) else { continue }
                let index = bundle.index * UInt64(TileCoordinate.fullWidth) + UInt64(offset)
                found.append(Entry(index: index, time: entry.time, release: release))
            }
        }
        try await reading.run()
        let size = reading.monitor.state.head.size
        entries = Set(found).filter { $0.index < size }.sorted { $0.index < $1.index }
        faults = reading.monitor.findings.filter(\.isFault).map(\.text)
    }

    /// The last one of a component.
    func last(_ component: Release.Component) -> Entry? { entries.last { $0.release.component == component } }

    /// The first that names an artifact.
    func first(_ component: Release.Component, artifact: String) -> Entry? {
        entries.first { $0.release.component == component && $0.release.artifact == artifact }
    }
}
