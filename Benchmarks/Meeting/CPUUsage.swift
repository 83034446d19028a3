// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Processor time so far, in microseconds: of the server, and of this process, which is all the members.
struct CPUUsage {
    var server: Double
    var members: Double

    init(_ server: ServerProcess) {
        self.server = server.cpuMicroseconds
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let parts = [usage.ru_utime, usage.ru_stime]
        members = parts.reduce(0) { $0 + Double($1.tv_sec) * 1_000_000 + Double($1.tv_usec) }
    }

    static func - (lhs: CPUUsage, rhs: CPUUsage) -> CPUUsage {
        var difference = lhs
        difference.server -= rhs.server
        difference.members -= rhs.members
        return difference
    }
}
