// SPDX-License-Identifier: Apache-2.0

/// What happens to a sequencer.
public enum SequencerInput: Sendable {
    /// The process has begun, and holds the log's lock.
    case start
    /// What ``SequencerAction/read(_:)`` asked for, in its order; `nil` where there is nothing.
    case read([[UInt8]?])
    /// It couldn't be read.
    case readFailed
    case submitted(Ticket, LogEntry)
    /// All of the step is durable.
    case written(SequencerStep)
    /// Some of the step may be there or not.
    case writeFailed(SequencerStep)
    /// The checkpoint has its quorum of witnesses.
    case cosigned(CosignedCheckpoint)
    /// It hasn't, for now.
    case notCosigned
    /// ``Sequencer/nextDeadline`` has come.
    case tick
}
