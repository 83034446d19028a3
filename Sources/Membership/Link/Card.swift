// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a meeting's link commits to: who the host is, under which charter the meeting stands, whose logs and witnesses
/// count, and which nodes may carry it. A node can't exchange any of it, since the link is a hash of it.
public struct Card: Hashable, Sendable, WireCodable {
    static let version: UInt16 = 1

    /// Ed25519. Whoever holds its private half, or has a ``HostProof`` made with it, is host.
    public var hostKey: [UInt8]
    /// Hash of the charter's first version; empty where there is none yet.
    public var charterGenesis: [UInt8]
    /// Verifier keys as in C2SP signed-note; empty where there are none yet.
    public var logKeys: [[UInt8]]
    public var witnessKeys: [[UInt8]]
    /// Origins, such as `https://meet.example.org`.
    public var nodes: [[UInt8]]

    public init(
        hostKey: [UInt8],
        charterGenesis: [UInt8] = [],
        logKeys: [[UInt8]] = [],
        witnessKeys: [[UInt8]] = [],
        nodes: [[UInt8]] = []
    ) {
        self.hostKey = hostKey
        self.charterGenesis = charterGenesis
        self.logKeys = logKeys
        self.witnessKeys = witnessKeys
        self.nodes = nodes
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        guard try UInt16(reading: &reader) == Card.version else { throw .unknownValue }
        hostKey = try reader.readOpaque()
        guard hostKey.count == 32 else { throw .invalidStructure }
        charterGenesis = try reader.readOpaque()
        logKeys = try reader.readOpaques()
        witnessKeys = try reader.readOpaques()
        nodes = try reader.readOpaques()
    }

    public func write(into writer: inout ByteWriter) {
        writer.write(Card.version)
        writer.writeOpaque(hostKey)
        writer.writeOpaque(charterGenesis)
        writer.writeOpaques(logKeys)
        writer.writeOpaques(witnessKeys)
        writer.writeOpaques(nodes)
    }

    /// SHA-256 of the encoding: what the group's policy is bound to.
    public func hash<Crypto: CryptoProvider>(with _: Crypto.Type) -> [UInt8] {
        Crypto.hash(.sha256, encoded)
    }
}
