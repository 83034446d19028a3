// SPDX-License-Identifier: Apache-2.0

/// A keeper's word for a new version of the charter.
///
/// ```
/// vigil-charter-approval/v1
/// charter 77ab…
/// previous 02ee…
/// seat nina
/// ```
public struct CharterApproval: Statement {
    public let charter: DocumentHash
    public let previous: DocumentHash
    public let seat: Name

    public init(charter: DocumentHash, previous: DocumentHash, seat: Name) {
        self.charter = charter
        self.previous = previous
        self.seat = seat
    }

    public init(reading reader: inout StatementReader) throws(StatementRefusal) {
        try reader.header("vigil-charter-approval/v1")
        charter = try reader.hash(.charter)
        previous = try reader.hash(.previous)
        seat = try reader.name(.seat)
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-charter-approval/v1")
        writer.line("charter", charter.hex)
        writer.line("previous", previous.hex)
        writer.line("seat", seat.bytes)
        return writer.bytes
    }
}
