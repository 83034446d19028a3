// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Governance

struct SQLiteSeatKeys: SeatKeyStore {
    let database: SQLiteDatabase

    func put(_ signed: [UInt8], of seat: Name) throws(StorageFault) {
        try database.write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO seatKey (seat, text) VALUES (?, ?)",
                arguments: [seat.text, signed.blob]
            )
        }
    }

    func all() throws(StorageFault) -> [[UInt8]] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT text FROM seatKey ORDER BY seat").map { try $0.bytes("text") }
        }
    }
}
