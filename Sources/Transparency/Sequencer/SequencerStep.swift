// SPDX-License-Identifier: Apache-2.0

/// The writes of a batch, in their order. Each is whole before the next begins, and each may be done again: a batch that broke
/// off is taken up from the stage and runs through the same steps (docs/log.md tells what a reader sees in between).
public enum SequencerStep: CaseIterable, Hashable, Sendable {
    /// The batch's entries, durable under ``StoreKey/stage``.
    ///
    /// Crash before it holds: the entries are gone, and nobody was told that they are in. Crash after: the batch is found, and
    /// gets the checkpoint that it would have got; who submits again is told the same place.
    case stage
    /// The signed checkpoint replaces the one before it under ``StoreKey/record``, compared and swapped. From here on the batch
    /// is in the log.
    ///
    /// Crash before it holds: as after `stage`; the signature never left the process. Crash after: record and stage agree, and
    /// the tiles are made again from the stage. No other checkpoint of this size can come about, since whoever signs has read
    /// the record first.
    case commit
    /// Entry bundles and tiles.
    ///
    /// Crash among them: some are there, none of them in a tree that anybody has a checkpoint of. They are written again,
    /// byte for byte the same.
    case publish
    /// The checkpoint with its cosignatures, under the path where everybody fetches it. Only now is it said that entries are
    /// in the log.
    ///
    /// Crash before it holds: readers see the log as it was; cosignatures are asked for again. Crash after: all is done, but
    /// nobody was told; who submits again is told the same place.
    case announce
    /// Partial tiles and bundles that full ones have replaced are removed.
    ///
    /// Crash among them: some stay, and take up space.
    case tidy
}
