// SPDX-License-Identifier: Apache-2.0

import Base

/// What a member tells somebody who has just come in. All of it is signed by those whom it is about, but for the older
/// links, which only serve to open knocks.
struct Greeting: Hashable, Sendable, WireCodable {
    var statements: [Statement]
    /// Oldest first; empty where the policy tells newcomers nothing.
    var chat: [ChatLine]
    /// Secrets of links that only knock now, newest first.
    var olderLinks: [[UInt8]]
    /// When the meeting began, milliseconds since 1970 by the clock of whoever began it.
    var startedAt: UInt64

    init(statements: [Statement], chat: [ChatLine], olderLinks: [[UInt8]], startedAt: UInt64) {
        self.statements = statements
        self.chat = chat
        self.olderLinks = olderLinks
        self.startedAt = startedAt
    }

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        statements = try reader.readVector(of: Statement.self)
        chat = try reader.readVector(of: ChatLine.self)
        olderLinks = try reader.readOpaques()
        startedAt = try UInt64(reading: &reader)
    }

    func write(into writer: inout ByteWriter) {
        writer.writeVector(statements)
        writer.writeVector(chat)
        writer.writeOpaques(olderLinks)
        writer.write(startedAt)
    }
}
