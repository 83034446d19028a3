// SPDX-License-Identifier: Apache-2.0

import Base

/// The last public messages, bounded in number and bytes, for those who come later.
struct ChatHistory: Sendable {
    static let maximumCount = 200
    static let maximumBytes = 128 * 1024

    private(set) var lines: [ChatLine] = []
    private var bytes = 0

    /// False if it is known already.
    mutating func append(_ line: ChatLine) -> Bool {
        for known in lines where known.id == line.id && known.signatureKey == line.signatureKey { return false }
        lines.append(line)
        bytes += line.text.count + 200
        while lines.count > ChatHistory.maximumCount || bytes > ChatHistory.maximumBytes, lines.count > 1 {
            bytes -= lines.removeFirst().text.count + 200
        }
        return true
    }
}
