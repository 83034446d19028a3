// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB

/// One connection, with what we ask of SQLite.
final class SQLiteDatabase: Sendable {
    private let queue: DatabaseQueue

    init(_ path: String) throws(StorageFault) {
        // Nobody else on the machine is to read it, its journal and its log neither: SQLite gives them the same mode.
        if !FileManager.default.fileExists(atPath: path) {
            guard
                FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw .unusable("\(path) can't be made") }
        }
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            // A commit is on the disk when it returns (https://www.sqlite.org/pragma.html#pragma_synchronous).
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // What is deleted is overwritten.
            try database.execute(sql: "PRAGMA secure_delete = ON")
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            let migrator = Migrations.migrator
            if try queue.read({ try migrator.hasBeenSuperseded($0) }) { throw StorageFault.tooNew }
            try migrator.migrate(queue)
        } catch let fault as StorageFault {
            throw fault
        } catch {
            throw .unusable("\(error)")
        }
    }

    func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws(StorageFault) -> Value {
        do { return try queue.read(body) } catch { throw .failed("\(error)") }
    }

    /// One transaction.
    func write<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws(StorageFault) -> Value {
        do { return try queue.write(body) } catch { throw .failed("\(error)") }
    }

    /// The same for what is to be gone: out of the write-ahead log, too.
    func erase(_ body: @Sendable (Database) throws -> Void) throws(StorageFault) {
        do {
            try queue.write(body)
            try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        } catch {
            throw .failed("\(error)")
        }
    }
}
