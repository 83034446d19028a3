// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// An advocate's word, after the lock, that they have stopped nothing and have seen no stop: without it a node could keep their
/// halt from everybody.
///
/// ```
/// vigil-no-stop/v1
/// order 1f0c…
/// charter 77ab…
/// seat frank
/// size 812
/// root 5b6e…
/// time 2026-11-24T10:00:00Z
/// ```
public struct NoStop: Statement {
    public let order: DocumentHash
    public let charter: DocumentHash
    public let seat: Name
    /// The newest tree that the advocate has seen: it can't have been signed before.
    public let head: TreeHead
    public let time: EntryTime

    public init(order: DocumentHash, charter: DocumentHash, seat: Name, head: TreeHead, time: EntryTime) {
        self.order = order
        self.charter = charter
        self.seat = seat
        self.head = head
        self.time = time
    }

    public init(reading reader: inout StatementReader) throws(StatementRefusal) {
        try reader.header("vigil-no-stop/v1")
        order = try reader.hash(.order)
        charter = try reader.hash(.charter)
        seat = try reader.name(.seat)
        guard let size = Decimal.parse(try reader.value(.size)), size <= TreeHead.largestSize else {
            throw .invalidValue(.size)
        }
        head = TreeHead(size: size, root: try reader.hash(.root))
        time = try reader.time(.time)
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-no-stop/v1")
        writer.line("order", order.hex)
        writer.line("charter", charter.hex)
        writer.line("seat", seat.bytes)
        writer.line("size", Decimal.text(head.size))
        writer.line("root", head.root.hex)
        writer.line("time", time.bytes)
        return writer.bytes
    }
}
