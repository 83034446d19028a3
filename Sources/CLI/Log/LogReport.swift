// SPDX-License-Identifier: Apache-2.0

import Foundation
import LogKeeping
import NativeCrypto
import Transparency

/// What a run found, in lines: findings first, each with its place, then what was checked.
enum LogReport {
    static func lines(_ monitor: Monitor<NativeCrypto>, _ trust: TrustOptions.Trust, from before: UInt64) -> [String] {
        var lines = monitor.findings.map { ($0.isFault ? "FAULT " : "note  ") + $0.text }
        if monitor.unlisted > 0 { lines.append("FAULT and \(monitor.unlisted) more") }
        guard let checkpoint = monitor.checkpoint else { return lines }
        lines.append("log      \(checkpoint.origin.text)")
        lines.append(
            "size     \(checkpoint.head.size), of which \(monitor.state.head.size) in order, \(before) of these before"
        )
        lines.append("root     \(checkpoint.head.root.text)")
        let names = monitor.cosignatures.map { cosignature in
            let name = String(decoding: trust.policy.witnesses[cosignature.witness].name, as: UTF8.self)
            let time = EntryTime(seconds: cosignature.time.seconds)?.text ?? "?"
            return "\(name) (\(time))"
        }
        lines.append("seen by  " + (names.isEmpty ? "no witness" : names.joined(separator: ", ")))
        if case .none = trust.policy.quorum { lines.append("quorum   none: nobody but the log vouches for it") }
        if trust.isClaimed {
            lines.append("keys     as the node itself names them; --policy judges by yours")
        }
        return lines
    }
}
