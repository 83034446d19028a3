// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import LogKeeping
import NativeCrypto
import Transparency

/// A log of the entries that somebody else composed, in their order, with three witnesses of whom two are enough.
///
/// ```
/// policy     in the words of tlog-policy
/// public/    the log as it is served
/// ```
enum ToldLog {
    /// - Parameter text: entries with an empty line between them.
    static func make(in folder: String, entries text: String) async throws {
        var randomness = SystemRandomness()
        let log = try OwnedLog(folder, origin: "told.example/log", randomness: &randomness)
        guard let known = KnownLog(key: log.signer.key) else { throw LogProcessFault.usage }
        let witnesses = try LocalWitnesses(3, of: known, in: folder)
        let writer = try log.writer(policy: witnesses.policy(quorum: 2, log: log.signer.key), over: witnesses)
        await writer.start()
        for entry in text.trimmingCharacters(in: .newlines).components(separatedBy: "\n\n") {
            _ = try await writer.submit(LogEntry(parsing: Array((entry + "\n").utf8)))
        }
        await writer.end()
        let policy = try LocalWitnesses.text(3, quorum: 2, log: log.signer.key)
        try PosixDisk().write(Array(policy.utf8), to: folder + "/policy", mode: 0o644)
    }
}
