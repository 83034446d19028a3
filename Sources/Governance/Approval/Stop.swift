// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

/// A seat's word that something must not happen: it counts wherever it is seen, logged or not.
///
/// ```
/// vigil-stop/v1
/// genesis 77ab…
/// seat frank
/// kind halt
/// target 40c1…
/// ```
public struct Stop: Statement {
    public enum Target: Hashable, Sendable {
        /// `kind halt`: that order's act, for good. By `Order.nonceHash(with:)`.
        case halt(DocumentHash)
        /// `kind objection`: the same, until it is answered by a new order.
        case objection(DocumentHash)
        /// `kind seat-revoke`: that seat's voice, for 14 days from then on.
        case revoke(Name, since: EntryTime)
    }

    /// The hash of the first charter: a stop is for one deployment, under whichever version.
    public let genesis: DocumentHash
    public let seat: Name
    public let target: Target

    public init(genesis: DocumentHash, seat: Name, target: Target) {
        self.genesis = genesis
        self.seat = seat
        self.target = target
    }

    public init(reading reader: inout StatementReader) throws(StatementRefusal) {
        try reader.header("vigil-stop/v1")
        genesis = try reader.hash(.genesis)
        seat = try reader.name(.seat)
        let kind = try reader.value(.kind)
        if kind.isWord("halt") {
            target = .halt(try reader.hash(.target))
        } else if kind.isWord("objection") {
            target = .objection(try reader.hash(.target))
        } else if kind.isWord("seat-revoke") {
            target = .revoke(try reader.name(.revoked), since: try reader.time(.since))
        } else {
            throw .invalidValue(.kind)
        }
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-stop/v1")
        writer.line("genesis", genesis.hex)
        writer.line("seat", seat.bytes)
        switch target {
        case .halt(let target):
            writer.line("kind", [UInt8](word: "halt"))
            writer.line("target", target.hex)
        case .objection(let target):
            writer.line("kind", [UInt8](word: "objection"))
            writer.line("target", target.hex)
        case .revoke(let name, let since):
            writer.line("kind", [UInt8](word: "seat-revoke"))
            writer.line("revoked", name.bytes)
            writer.line("since", since.bytes)
        }
        return writer.bytes
    }
}
