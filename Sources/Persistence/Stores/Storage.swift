// SPDX-License-Identifier: Apache-2.0

/// What a node must find again after a restart and that isn't in the log: one small store for each kind of thing.
///
/// Calls block until what they wrote would survive a power cut. Each is whole or not at all. Nothing here gives anybody power: texts
/// are known by their hashes, which the log has, or are signed; who alters a row only loses it.
public protocol Storage: Sendable {
    var charters: any CharterStore { get }
    var papers: any PaperStore { get }
    var checkpoints: any CheckpointStore { get }
    var documents: any DocumentStore { get }
    var stops: any StopStore { get }
    var seatKeys: any SeatKeyStore { get }
    var outbox: any OutboxStore { get }
}
