// SPDX-License-Identifier: Apache-2.0

import Base
import LogKeeping
import Logging
import NIOConcurrencyHelpers
import Transparency

/// Tells the operator what goes wrong with the log: each thing when it begins, then every ten minutes.
final class LogReporter: Sendable {
    private static let pause = Interval.seconds(600)

    private let logger = Logger(label: "vigil.log")
    private let told = NIOLockedValueBox<[String: Moment]>([:])

    func tell(_ witness: PolicyWitness, _ trouble: WitnessTrouble) {
        let name = String(decoding: witness.name, as: UTF8.self)
        tell(trouble.isAlarm ? .critical : .warning, "A witness gave no cosignature", "witness \(name) \(trouble)")
    }

    func tell(_ event: LogWriterEvent) {
        switch event {
        case .readFailed(let reason): tell(.error, "The log can't be read; it is tried again", reason)
        case .writeFailed(_, let reason): tell(.error, "The log can't be written; it is tried again", reason)
        case .unwitnessed: tell(.warning, "The witnesses' quorum is missing: entries wait", "no quorum")
        case .stopped(let fault):
            tell(
                .critical,
                "The log has stopped, and takes nothing until a person has looked (docs/log.md)",
                "\(fault)"
            )
        }
    }

    private func tell(_ level: Logger.Level, _ message: Logger.Message, _ reason: String) {
        let now = Moment.monotonic
        let isNews = told.withLockedValue { told in
            if let last = told[reason], now < last + LogReporter.pause { return false }
            if told.count > 1_000 { told = [:] }
            told[reason] = now
            return true
        }
        if isNews { logger.log(level: level, message, metadata: ["reason": "\(reason)"]) }
    }
}
