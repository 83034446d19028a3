// SPDX-License-Identifier: Apache-2.0

/// The numbers on a node's metrics page, by the whole of what stands before them.
struct ServerMetrics {
    private var values: [Substring: Double] = [:]

    init(_ page: String) {
        for line in page.split(separator: "\n") where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]) else {
                continue
            }
            values[line[..<space]] = value
        }
    }

    /// From a packet's arrival in the kernel to the send that forwarded it, in microseconds.
    func forwardingLatency(at quantile: String) -> Double? {
        values["vigil_forwarding_latency_seconds{quantile=\"\(quantile)\"}"].map { $0 * 1_000_000 }
    }
}
