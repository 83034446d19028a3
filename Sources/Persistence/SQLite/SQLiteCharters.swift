// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Governance
import Transparency

struct SQLiteCharters: CharterStore {
    let database: SQLiteDatabase

    func put(_ version: CharterEvidence, hash: DocumentHash) throws(StorageFault) {
        try database.write { database in
            try database.execute(sql: "DELETE FROM charter WHERE hash = ?", arguments: [hash.bytes.blob])
            try database.execute(
                sql: "INSERT INTO charter VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    hash.bytes.blob, version.charter.blob, version.logPolicy.blob, version.entry.blob,
                    version.proof.blob,
                ]
            )
            for (place, approval) in version.approvals.enumerated() {
                try database.execute(
                    sql: "INSERT INTO charterApproval VALUES (?, ?, ?)",
                    arguments: [hash.bytes.blob, place, approval.blob]
                )
            }
        }
    }

    func version(_ hash: DocumentHash) throws(StorageFault) -> CharterEvidence? {
        try database.read { database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: "SELECT * FROM charter WHERE hash = ?",
                    arguments: [hash.bytes.blob]
                )
            else { return nil }
            let approvals = try Row.fetchAll(
                database,
                sql: "SELECT text FROM charterApproval WHERE hash = ? ORDER BY place",
                arguments: [hash.bytes.blob]
            )
            return CharterEvidence(
                charter: try row.bytes("text"),
                logPolicy: try row.bytes("policy"),
                entry: try row.bytes("entry"),
                proof: try row.bytes("proof"),
                approvals: try approvals.map { try $0.bytes("text") }
            )
        }
    }
}
