// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How many files the process may have open, and what follows for connections.
///
/// A plain shell allows 1,024. If that ran out before ``ConnectionTable`` had a reason to end anyone, a thousand strangers
/// who say nothing would keep everybody else out: the kernel's refusal can't tell them apart.
struct OpenFiles: Equatable, Sendable {
    let limit: Int

    /// Raises the limit as far as the process may.
    static func raisingLimit() -> OpenFiles {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limits = rlimit()
        guard getrlimit(resource, &limits) == 0 else { return OpenFiles(limit: 1_024) }
        let before = limits.rlim_cur
        limits.rlim_cur = limits.rlim_max
        if setrlimit(resource, &limits) != 0 { limits.rlim_cur = before }
        return OpenFiles(limit: Int(clamping: limits.rlim_cur))
    }

    /// Half for connections, a quarter for media over TCP; the rest is slack for ones that are about to close.
    func fit(_ limits: ConnectionLimits) -> ConnectionLimits {
        var fitting = limits
        fitting.total = min(limits.total, max(16, limit / 2))
        fitting.waiting = min(limits.waiting, max(8, fitting.total / 2))
        fitting.waitingPerAddress = min(limits.waitingPerAddress, max(4, fitting.waiting / 2))
        return fitting
    }

    func fit(_ media: MediaPlaneConfiguration, workers: Int) -> MediaPlaneConfiguration {
        var fitting = media
        fitting.maximumStreams = min(media.maximumStreams, max(8, limit / 4 / max(1, workers)))
        fitting.maximumUnverifiedStreams = min(media.maximumUnverifiedStreams, max(4, fitting.maximumStreams / 2))
        return fitting
    }
}
