// SPDX-License-Identifier: Apache-2.0

import Base
import LogKeeping
import NativeCrypto
public import Transparency

/// An entry for a number, always the same one.
public enum NumberedEntry {
    public static func make(_ number: Int) throws -> LogEntry {
        let hash = Hexadecimal.text(NativeCrypto.hash(.sha256, Array("document \(number)".utf8)))
        guard let time = EntryTime(seconds: 1_790_000_000) else { throw LogProcessFault.usage }
        return try LogEntry(.incident, at: time, [(.document, hash)])
    }
}
