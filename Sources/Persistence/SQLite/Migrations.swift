// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The steps from nothing to today's tables. A step that was released is never changed.
enum Migrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("orders") { database in
            try database.execute(
                sql: """
                    CREATE TABLE charter (
                        hash BLOB PRIMARY KEY NOT NULL, text BLOB NOT NULL, policy BLOB NOT NULL, entry BLOB NOT NULL,
                        proof BLOB NOT NULL
                    ) STRICT;
                    CREATE TABLE charterApproval (
                        hash BLOB NOT NULL REFERENCES charter(hash) ON DELETE CASCADE, place INTEGER NOT NULL,
                        text BLOB NOT NULL, PRIMARY KEY (hash, place)
                    ) STRICT;
                    CREATE TABLE paper (
                        number INTEGER PRIMARY KEY, caseID BLOB NOT NULL, hash BLOB NOT NULL, kind TEXT NOT NULL,
                        text BLOB NOT NULL, UNIQUE (caseID, hash)
                    ) STRICT;
                    CREATE TABLE checkpoint (
                        number INTEGER PRIMARY KEY, caseID BLOB NOT NULL, text BLOB NOT NULL, UNIQUE (caseID, text)
                    ) STRICT;
                    CREATE TABLE document (
                        number INTEGER PRIMARY KEY, caseID BLOB NOT NULL, hash BLOB NOT NULL, seat TEXT NOT NULL,
                        received INTEGER NOT NULL, isNamed INTEGER NOT NULL, ciphertext BLOB NOT NULL,
                        UNIQUE (caseID, hash)
                    ) STRICT;
                    CREATE INDEX documentLoose ON document (seat) WHERE isNamed = 0;
                    CREATE TABLE stop (number INTEGER PRIMARY KEY, text BLOB NOT NULL UNIQUE) STRICT;
                    CREATE TABLE seatKey (seat TEXT PRIMARY KEY NOT NULL, text BLOB NOT NULL) STRICT;
                    CREATE TABLE outbox (number INTEGER PRIMARY KEY, entry BLOB NOT NULL) STRICT;
                    """
            )
        }
        return migrator
    }
}
