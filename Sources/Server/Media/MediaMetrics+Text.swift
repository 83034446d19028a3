// SPDX-License-Identifier: Apache-2.0

import Base

extension MediaMetrics {
    /// The numbers in Prometheus' text format. Nothing in them is about a person or a meeting.
    var text: String {
        var page = ""
        func add(_ name: String, _ type: String, _ help: String, _ samples: [(labels: String, value: String)]) {
            page += "# HELP vigil_\(name) \(help)\n# TYPE vigil_\(name) \(type)\n"
            for sample in samples { page += "vigil_\(name)\(sample.labels) \(sample.value)\n" }
        }
        func add(_ name: String, _ type: String, _ help: String, _ value: some BinaryInteger) {
            add(name, type, help, [("", "\(value)")])
        }
        add("media_packets_received_total", "counter", "Packets that reached the media sockets.", packetsReceived)
        add("media_bytes_received_total", "counter", "Bytes that reached the media sockets.", bytesReceived)
        add("media_packets_sent_total", "counter", "Packets that left the media sockets.", packetsSent)
        add("media_bytes_sent_total", "counter", "Bytes that left the media sockets.", bytesSent)
        add("media_authentic_total", "counter", "Media packets received that were authentic.", mediaReceived)
        add("media_forwarded_total", "counter", "Packets sent because others were received.", packetsForwarded)
        add("media_receive_batches_total", "counter", "Calls that received something.", receiveBatches)
        add("media_send_calls_total", "counter", "Calls that sent something.", sendCalls)
        add("media_segmented_runs_total", "counter", "Runs of packets that the kernel cut.", segmentedRuns)
        add("media_wakes_total", "counter", "Turns of the media threads.", wakes)
        add("media_cpu_seconds_total", "counter", "CPU time of the media threads.", [("", seconds(cpu))])
        add("media_peers", "gauge", "Peer connections.", peers)
        add("media_meetings", "gauge", "Meetings with media.", meetings)
        add("media_streams", "gauge", "TCP connections.", streamConnections)
        add(
            "media_dropped_total",
            "counter",
            "Packets that went no further, by reason.",
            DropReason.allCases.map { ("{reason=\"\($0)\"}", "\(dropped($0))") }
        )
        var latency = [0.5, 0.9, 0.99, 0.999].map { quantile in
            ("{quantile=\"\(quantile)\"}", forwardingLatency.quantile(quantile).map(seconds) ?? "NaN")
        }
        latency.append(("_count", "\(forwardingLatency.total)"))
        add(
            "forwarding_latency_seconds",
            "summary",
            "From a batch's oldest media packet's receipt by the kernel to the end of the call that sent it.",
            latency
        )
        return page
    }

    private func seconds(_ interval: Interval) -> String { "\(Double(interval.nanoseconds) / 1_000_000_000)" }
}
