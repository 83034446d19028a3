// SPDX-License-Identifier: Apache-2.0

public import Base

/// Bits that snapshots are made of.
enum SnapshotFormat {
    static let version: UInt8 = 1

    static func write(_ pair: HPKEKeyPair, into writer: inout ByteWriter) {
        writer.writeOpaque(pair.privateKey)
        writer.writeOpaque(pair.publicKey)
    }

    static func readKeyPair(_ reader: inout ByteReader) throws(WireRefusal) -> HPKEKeyPair {
        let privateKey = Secret(try reader.readOpaque())
        return HPKEKeyPair(privateKey: privateKey, publicKey: try reader.readOpaque())
    }

    static func write(_ pair: SignatureKeyPair, into writer: inout ByteWriter) {
        writer.writeOpaque(pair.privateKey)
        writer.writeOpaque(pair.publicKey)
    }

    static func readSignatureKey(_ reader: inout ByteReader) throws(WireRefusal) -> SignatureKeyPair {
        let privateKey = Secret(try reader.readOpaque())
        return SignatureKeyPair(privateKey: privateKey, publicKey: try reader.readOpaque())
    }

    static func readSecret(_ reader: inout ByteReader) throws(WireRefusal) -> Secret {
        Secret(try reader.readOpaque())
    }
}

extension RatchetTree {
    /// The bytes of a tree, its length header included.
    static func readEncoding(_ reader: inout ByteReader) throws(WireRefusal) -> [UInt8] {
        let content = try reader.readOpaque()
        var writer = ByteWriter(reserving: content.count + 4)
        writer.writeOpaque(content)
        return writer.bytes
    }
}

extension GroupLimits: WireCodable {
    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        let forward = try UInt32(reading: &reader)
        var counts: [Int] = []
        for _ in 0..<4 {
            guard let count = Int(exactly: try UInt32(reading: &reader)) else { throw .tooLarge }
            counts.append(count)
        }
        self.init(
            ratchets: RatchetLimits(forward: forward, kept: counts[0]),
            pastEpochs: counts[1],
            resumptionKeys: counts[2],
            proposals: counts[3]
        )
    }

    public func write(into writer: inout ByteWriter) {
        writer.write(ratchets.forward)
        for count in [ratchets.kept, pastEpochs, resumptionKeys, proposals] {
            writer.write(UInt32(clamping: count))
        }
    }
}
