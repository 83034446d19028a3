// SPDX-License-Identifier: Apache-2.0

import Base
import LogKeeping
import NativeCrypto
import Transparency

/// The newest reports that a log names, each counted again.
struct LoggedReports {
    struct Report {
        let index: UInt64
        let from: UInt64
        let to: UInt64
        /// What was counted has the hash that the log has.
        let isRight: Bool
    }

    /// So many are counted at once.
    private static let most = 64

    let reports: [Report]

    init(_ source: LogSource<NetworkExchange>, _ policy: TrustPolicy) async throws {
        let named = try await LoggedReports.named(source, policy).suffix(LoggedReports.most)
        let counted = try await CountedReports(source, policy, named.map { ($0.from, $0.to) })
        reports = named.enumerated().map { place, report in
            // No report is of a tree that it is in itself.
            let found = report.to <= report.index ? try? counted.report(place).json : nil
            let isRight = found.map { NativeCrypto.hash(.sha256, $0) } == report.hash
            return Report(index: report.index, from: report.from, to: report.to, isRight: isRight)
        }
    }

    private typealias Named = (index: UInt64, from: UInt64, to: UInt64, hash: [UInt8])

    private static func named(_ source: LogSource<NetworkExchange>, _ policy: TrustPolicy) async throws -> [Named] {
        var found: [UInt64: Named] = [:]
        var reading = LogReading(source: source, monitor: Monitor(policy: policy, now: WallClock.now))
        reading.onBundle = { bundle, bytes, size in
            guard let entries = try? EntryBundle.decode(bytes, width: bundle.width) else { return }
            for (offset, bytes) in entries.enumerated() {
                let index = bundle.index * UInt64(TileCoordinate.fullWidth) + UInt64(offset)
                guard index < size, found[index] == nil, let entry = try? LogEntry(parsing: bytes),
                    entry.type == .report,
                    let from = entry.text(.fromSize).flatMap({ UInt64($0) }),
                    let to = entry.text(.toSize).flatMap({ UInt64($0) }),
                    let hash = entry.text(.document).flatMap({ Hexadecimal.decode(Array($0.utf8)) })
                else { continue }
                found[index] = (index, from, to, hash)
            }
        }
        // What is wrong with the log, the second reading says.
        try await reading.run()
        return found.values.sorted { $0.index < $1.index }
    }
}
