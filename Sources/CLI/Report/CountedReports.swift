// SPDX-License-Identifier: Apache-2.0

import LogKeeping
import NativeCrypto
import Transparency

/// Reports of a log that was read whole and found in order, all counted in one reading.
struct CountedReports {
    let head: TreeHead
    private let origin: LogOrigin
    private let builders: [ReportBuilder<NativeCrypto>]

    /// - Parameter periods: from which entry on, and to which size; without one to the log's.
    init(
        _ source: LogSource<NetworkExchange>,
        _ policy: TrustPolicy,
        _ periods: [(from: UInt64, to: UInt64?)]
    ) async throws {
        var reading = LogReading(source: source, monitor: Monitor(policy: policy, now: WallClock.now))
        var builders = periods.map { ReportBuilder<NativeCrypto>(from: $0.from, to: $0.to) }
        reading.onBundle = { bundle, bytes, size in
            for place in builders.indices { builders[place].add(bundle, bytes, of: size) }
        }
        try await reading.run()
        let faults = reading.monitor.findings.filter(\.isFault)
        for fault in faults { print("FAULT \(fault.text)") }
        guard faults.isEmpty, reading.monitor.isSound, let checkpoint = reading.monitor.checkpoint,
            reading.monitor.state.head == checkpoint.head
        else { throw LogExit.faults }
        head = checkpoint.head
        origin = checkpoint.origin
        self.builders = builders
    }

    func report(_ place: Int) throws(ReportRefusal) -> TransparencyReport {
        try builders[place].report(of: head, named: origin)
    }
}
