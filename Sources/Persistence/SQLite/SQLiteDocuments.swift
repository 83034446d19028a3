// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Governance
import Transparency

struct SQLiteDocuments: DocumentStore {
    let database: SQLiteDatabase

    func add(_ document: StoredDocument, mostOfCase: Int, mostLoose: Int) throws(StorageFault) -> Bool {
        try database.write { database in
            let id = document.caseID.blob
            func count(_ sql: String, _ arguments: StatementArguments) throws -> Int {
                try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM document WHERE " + sql, arguments: arguments) ?? 0
            }
            if try count("caseID = ? AND hash = ?", [id, document.hash.bytes.blob]) > 0 { return true }
            guard try count("caseID = ?", [id]) < mostOfCase,
                try count("isNamed = 0 AND seat = ?", [document.seat.text]) < mostLoose
            else { return false }
            try database.execute(
                sql: """
                    INSERT INTO document (caseID, hash, seat, received, isNamed, ciphertext) VALUES (?, ?, ?, ?, 0, ?)
                    """,
                arguments: [
                    id, document.hash.bytes.blob, document.seat.text, Int64(document.received.seconds),
                    document.ciphertext.blob,
                ]
            )
            return true
        }
    }

    func document(_ hash: DocumentHash, of caseID: CaseID) throws(StorageFault) -> [UInt8]? {
        try database.read { database in
            try Row.fetchOne(
                database,
                sql: "SELECT ciphertext FROM document WHERE caseID = ? AND hash = ?",
                arguments: [caseID.blob, hash.bytes.blob]
            )?.bytes("ciphertext")
        }
    }

    func list(_ caseID: CaseID) throws(StorageFault) -> [(hash: DocumentHash, length: Int)] {
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT hash, LENGTH(ciphertext) AS length FROM document WHERE caseID = ? ORDER BY number",
                arguments: [caseID.blob]
            ).map { (try $0.hash("hash"), try $0.decode(Int.self, forColumn: "length")) }
        }
    }

    func name(_ hashes: [DocumentHash], of caseID: CaseID) throws(StorageFault) {
        try database.write { database in
            for hash in hashes {
                try database.execute(
                    sql: "UPDATE document SET isNamed = 1 WHERE caseID = ? AND hash = ?",
                    arguments: [caseID.blob, hash.bytes.blob]
                )
            }
        }
    }

    func removeLoose(before time: EntryTime) throws(StorageFault) {
        try database.erase { database in
            try database.execute(
                sql: "DELETE FROM document WHERE isNamed = 0 AND received < ?",
                arguments: [Int64(time.seconds)]
            )
        }
    }

    func remove(_ caseID: CaseID) throws(StorageFault) {
        try database.erase { database in
            try database.execute(sql: "DELETE FROM document WHERE caseID = ?", arguments: [caseID.blob])
        }
    }
}
