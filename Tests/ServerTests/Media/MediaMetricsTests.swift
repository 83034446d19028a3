// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@testable import Server

@Suite struct MediaMetricsTests {
    @Test("workers' numbers add up, and the page tells them")
    func adding() {
        var first = MediaMetrics()
        first.packetsReceived = 3
        first.drop(.stranger, count: 2)
        first.forwardingLatency.record(.microseconds(100), count: 4)
        var total = first
        total.add(first)
        #expect(total.packetsReceived == 6)
        #expect(total.dropped(.stranger) == 4)
        let lines = total.text.split(separator: "\n")
        #expect(lines.contains("vigil_media_packets_received_total 6"))
        #expect(lines.contains("vigil_media_dropped_total{reason=\"stranger\"} 4"))
        #expect(lines.contains("vigil_forwarding_latency_seconds{quantile=\"0.99\"} 0.000104"))
        #expect(lines.contains("vigil_forwarding_latency_seconds_count 8"))
        #expect(lines.allSatisfy { $0.hasPrefix("#") || $0.split(separator: " ").count == 2 })
    }

    @Test("without any packet there is no latency to tell")
    func empty() {
        #expect(MediaMetrics().text.contains("vigil_forwarding_latency_seconds{quantile=\"0.5\"} NaN\n"))
    }
}
