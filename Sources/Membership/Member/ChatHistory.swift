// SPDX-License-Identifier: Apache-2.0

import Base

/// The last public messages, bounded in number and bytes, for those who come later.
struct ChatHistory: Sendable {
    static let maximumCount = 200
    static let maximumBytes = 128 * 1024

    private(set) var lines: [ChatLine] = []
    private var bytes = 0
    /// Words to us alone, by author and id: they may come twice, too.
    private var whispers: [(from: ParticipantID, id: [UInt8])] = []

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

    /// The same for a word to us alone, of which only the id is kept.
    mutating func isNew(_ id: [UInt8], from author: ParticipantID) -> Bool {
        for known in whispers where known.from == author && known.id == id { return false }
        whispers.append((author, id))
        if whispers.count > ChatHistory.maximumCount { whispers.removeFirst() }
        return true
    }
}
