// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport
import Transparency

/// Entries for tests.
enum Entries {
    static func hash(_ number: Int) -> String { Tree.leafHash(Array("document \(number)".utf8)).text }

    static func time(_ seconds: UInt64 = 1_790_000_000) throws -> EntryTime {
        guard let time = EntryTime(seconds: seconds) else { throw TestFailure.notATime }
        return time
    }

    /// Of no case, and different for every number.
    static func incident(_ number: Int) throws -> LogEntry {
        try LogEntry(.incident, at: time(), [(.document, hash(number))])
    }

    static func leaf(_ entry: LogEntry) -> TreeHash { Tree.leafHash(entry.encoded) }
}
