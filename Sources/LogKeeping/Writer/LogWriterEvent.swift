// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// What the operator of a log should know.
public enum LogWriterEvent: Hashable, Sendable {
    /// The store couldn't be read; it is tried again.
    case readFailed(String)
    /// A step couldn't be written; it is tried again.
    case writeFailed(SequencerStep, String)
    /// The quorum of witnesses is missing for a checkpoint of this size; they are asked again.
    case unwitnessed(size: UInt64)
    /// The log takes nothing any more, until a person has looked.
    case stopped(SequencerFault)
}
