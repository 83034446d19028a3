// SPDX-License-Identifier: Apache-2.0

/// Why a log stops for good rather than sign something that might contradict what it signed before.
public enum SequencerFault: Error, Hashable, Sendable {
    /// The record is no checkpoint of this log by this key.
    case recordUnreadable
    /// A checkpoint is published, but the record is gone.
    case recordLost
    /// What is published is newer than the record, or another tree of its size: the store was set back.
    case recordBehindPublished
    /// The published checkpoint isn't one of this log by this key.
    case publishedUnreadable
    /// The stage can't be read, and the record needs it.
    case stageUnreadable
    /// The stage is of another batch than the record's, and not of the one after it.
    case stageContradictsRecord
    /// Tiles or bundles that the tree has are missing or damaged.
    case tilesUnreadable
    /// Tiles lead to another root than the record has.
    case tilesContradictRecord
    /// The last bundle's entries aren't those of the last tile.
    case bundleContradictsTile
    /// The batch would outgrow ``TreeHead/largestSize``.
    case logFull
    /// The key can't sign.
    case signing(SignerRefusal)
    /// Another checkpoint was cosigned than the one that was to be.
    case foreignCosignatures
}
