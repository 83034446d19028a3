// SPDX-License-Identifier: Apache-2.0

/// The last public messages, bounded in number and bytes, in memory for as long as the meeting runs.
struct ChatHistory: Sendable {
    private(set) var entries: [ChatEntry] = []
    private(set) var bytes = 0
    private let maximumCount: Int
    private let maximumBytes: Int

    init(maximumCount: Int, maximumBytes: Int) {
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
    }

    mutating func append(_ entry: ChatEntry) {
        entries.append(entry)
        bytes += entry.weight
        var dropped = 0
        while dropped < entries.count, entries.count - dropped > maximumCount || bytes > maximumBytes {
            bytes -= entries[dropped].weight
            dropped += 1
        }
        entries.removeFirst(dropped)
    }
}
