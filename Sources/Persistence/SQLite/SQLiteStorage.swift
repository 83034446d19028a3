// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB

/// A database file.
public struct SQLiteStorage: Storage {
    let database: SQLiteDatabase

    /// Opens or makes it.
    ///
    /// - Parameter path: its folder must exist.
    public init(_ path: String) throws(StorageFault) { database = try SQLiteDatabase(path) }

    public var charters: any CharterStore { SQLiteCharters(database: database) }
    public var papers: any PaperStore { SQLitePapers(database: database) }
    public var checkpoints: any CheckpointStore { SQLiteCheckpoints(database: database) }
    public var documents: any DocumentStore { SQLiteDocuments(database: database) }
    public var stops: any StopStore { SQLiteStops(database: database) }
    public var seatKeys: any SeatKeyStore { SQLiteSeatKeys(database: database) }
    public var outbox: any OutboxStore { SQLiteOutbox(database: database) }
}
