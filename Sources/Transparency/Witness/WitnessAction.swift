// SPDX-License-Identifier: Apache-2.0

/// What a witness wants done.
public enum WitnessAction: Hashable, Sendable {
    /// Read the record of a log.
    case load(LogOrigin)
    /// Replace the record of a log, whole or not at all, durable before ``WitnessInput/stored(_:)``; only if it still is
    /// `expected` ("must be performed atomically", C2SP tlog-witness, add-checkpoint).
    case store(LogOrigin, record: [UInt8], expected: [UInt8]?)
    case respond(UInt64, WitnessResponse)
    /// A known log showed something that contradicts what it showed before, under its own signature: "it might be proof of log
    /// misbehavior". To be kept.
    case keepEvidence(LogOrigin, request: [UInt8], latest: [UInt8])
    /// A log's record is damaged or not by our key: that log isn't cosigned any more until a person has looked. A witness that
    /// lost its state is retired, not restarted.
    case stop(LogOrigin, WitnessFault)
}
