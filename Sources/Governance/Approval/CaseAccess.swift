// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

/// Opens the papers of one case to a seat, for an hour.
///
/// ```
/// vigil-access/v1
/// genesis 77ab…
/// seat cora
/// case 000102030405060708090a0b0c0d0e0f
/// purpose read
/// time 2026-11-24T10:00:00Z
/// ```
public struct CaseAccess: Statement {
    public enum Purpose: Keyword {
        case read
        case upload

        public var word: StaticString {
            switch self {
            case .read: "read"
            case .upload: "upload"
            }
        }
    }

    /// From `time` on.
    public static let validity: UInt64 = 3_600

    /// The hash of the first charter.
    public let genesis: DocumentHash
    public let seat: Name
    public let caseID: CaseID
    public let purpose: Purpose
    public let time: EntryTime

    public init(genesis: DocumentHash, seat: Name, caseID: CaseID, purpose: Purpose, time: EntryTime) {
        self.genesis = genesis
        self.seat = seat
        self.caseID = caseID
        self.purpose = purpose
        self.time = time
    }

    public init(reading reader: inout StatementReader) throws(StatementRefusal) {
        try reader.header("vigil-access/v1")
        genesis = try reader.hash(.genesis)
        seat = try reader.name(.seat)
        caseID = try reader.caseID()
        purpose = try reader.word(.purpose, Purpose.self)
        time = try reader.time(.time)
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-access/v1")
        writer.line("genesis", genesis.hex)
        writer.line("seat", seat.bytes)
        writer.line("case", Hexadecimal.encode(caseID.bytes))
        writer.line("purpose", purpose.word.utf8Bytes)
        writer.line("time", time.bytes)
        return writer.bytes
    }
}
