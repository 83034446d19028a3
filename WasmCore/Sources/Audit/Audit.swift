// SPDX-License-Identifier: Apache-2.0

import Boundary
import PortableCrypto
import Transparency

/// One reading of a log, held by reference: a monitor of a long log is large.
final class Audit {
    var monitor: Monitor<MeetingCrypto>
    let policy: TrustPolicy
    var hasStarted = false
    /// What the files are that were asked for last.
    var wanted: [LogResource] = []
    /// Counts the entries that the monitor reads, if a report was asked for.
    var builder: ReportBuilder<MeetingCrypto>?

    init(_ monitor: Monitor<MeetingCrypto>, _ policy: TrustPolicy) {
        self.monitor = monitor
        self.policy = policy
    }
}

/// All that lives between calls. One instance of the module has one; it has no threads.
nonisolated(unsafe) var audits = Handles<Audit>(limit: 8)
