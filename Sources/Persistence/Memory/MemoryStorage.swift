// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Everything in memory: for tests, and to say what the other one has to do.
public final class MemoryStorage: Storage {
    let rows = Mutex(MemoryRows())

    public init() {}

    public var charters: any CharterStore { MemoryCharters(storage: self) }
    public var papers: any PaperStore { MemoryPapers(storage: self) }
    public var checkpoints: any CheckpointStore { MemoryCheckpoints(storage: self) }
    public var documents: any DocumentStore { MemoryDocuments(storage: self) }
    public var stops: any StopStore { MemoryStops(storage: self) }
    public var seatKeys: any SeatKeyStore { MemorySeatKeys(storage: self) }
    public var outbox: any OutboxStore { MemoryOutbox(storage: self) }
}
