// SPDX-License-Identifier: Apache-2.0

import Base
import LogKeeping
import NativeCrypto
import Transparency

/// Entries that differ, of the size that most have.
enum NumberedEntries {
    static func entry(_ number: Int) throws -> LogEntry {
        guard let time = EntryTime(seconds: 1_790_000_000) else { throw BenchmarkError.serverNotReady }
        let hash = Hexadecimal.text(NativeCrypto.hash(.sha256, Array("document \(number)".utf8)))
        return try LogEntry(.release, at: time, [(.component, "web"), (.release, "1.0"), (.artifact, hash)])
    }
}
