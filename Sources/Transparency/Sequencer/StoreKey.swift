// SPDX-License-Identifier: Apache-2.0

/// Where the sequencer keeps something.
public enum StoreKey: Hashable, Sendable {
    /// The last checkpoint that the log's key signed. Private to the log: it may not be published yet.
    case record
    /// The last batch.
    case stage
    /// What everybody can fetch.
    case published(LogResource)
}
