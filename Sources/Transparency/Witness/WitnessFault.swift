// SPDX-License-Identifier: Apache-2.0

/// Why a witness gives up on a log.
public enum WitnessFault: Error, Hashable, Sendable {
    /// The record is no checkpoint of that log.
    case recordUnreadable(CheckpointRefusal)
    /// The record isn't cosigned by this witness's key.
    case recordNotCosigned
}
