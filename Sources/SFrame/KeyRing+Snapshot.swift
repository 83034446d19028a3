// SPDX-License-Identifier: Apache-2.0

public import Base

/// A value that was read and may say that there is none.
private struct Optionally {
    let value: UInt64?
}

extension KeyRing {
    private static var version: UInt8 { 1 }

    /// The ring's stored form: base keys, and the highest counter accepted under each key. It holds secrets.
    ///
    /// Nothing about sending is in it: see ``SendingCounter``.
    public func snapshot() -> Secret {
        var writer = ByteWriter(reserving: 256)
        writer.write(KeyRing.version)
        writer.write(suite.rawValue)
        writer.write(UInt8(truncatingIfNeeded: epochBits))
        writer.write(ownLeaf)
        KeyRing.write(sendingEpoch, to: &writer)
        KeyRing.write(newestEpoch, to: &writer)
        writer.write(UInt32(truncatingIfNeeded: epochs.count))
        for epoch in heldEpochs {
            guard let keys = epochs[epoch & (1 << UInt64(epochBits) - 1)] else { continue }
            writer.write(keys.epoch)
            writer.write(keys.layout.leafWidth)
            keys.baseKey.withBytes { writer.write($0) }
            KeyRing.write(keys.expires.map { UInt64(bitPattern: $0.nanoseconds) }, to: &writer)
            var floors = keys.floors
            // The next counter is the first one not yet known to be used.
            for (keyID, receiving) in keys.receiving {
                floors[keyID] = receiving.window.highest == .max ? .max : receiving.window.highest + 1
            }
            writer.write(UInt32(truncatingIfNeeded: floors.count))
            for keyID in floors.keys {
                writer.write(keyID)
                writer.write(floors[keyID] ?? 0)
            }
        }
        return Secret(writer.bytes)
    }

    /// Reads ``snapshot()``. The member counts as restored from here on; frames accepted before are refused.
    public init(restoring snapshot: Secret) throws(SFrameRefusal) {
        var reader = ByteReader(snapshot.withBytes { Array($0) })
        guard
            reader.readUInt8() == KeyRing.version,
            let suite = reader.readUInt16().flatMap({ SFrameSuite(rawValue: $0) }),
            let epochBits = reader.readUInt8(),
            let ownLeaf = reader.readUInt32(),
            let sending = KeyRing.readOptional(from: &reader),
            let newest = KeyRing.readOptional(from: &reader),
            let count = reader.readUInt32()
        else { throw .malformedSnapshot }
        self = try KeyRing(suite: suite, epochBits: Int(epochBits), ownLeaf: ownLeaf, origin: .restored)
        for _ in 0..<count { try restoreEpoch(from: &reader) }
        guard reader.isAtEnd else { throw .malformedSnapshot }
        try resume(sendingEpoch: sending.value, newestEpoch: newest.value)
    }

    private static func write(_ value: UInt64?, to writer: inout ByteWriter) {
        writer.write(value == nil ? UInt8(0) : 1)
        writer.write(value ?? 0)
    }

    private static func readOptional(from reader: inout ByteReader) -> Optionally? {
        guard let mark = reader.readUInt8(), mark <= 1, let value = reader.readUInt64() else { return nil }
        return Optionally(value: mark == 1 ? value : nil)
    }

    private mutating func restoreEpoch(from reader: inout ByteReader) throws(SFrameRefusal) {
        guard
            let epoch = reader.readUInt64(),
            let leafWidth = reader.readUInt32(),
            let baseKey = reader.read(count: suite.keyLength),
            let expires = KeyRing.readOptional(from: &reader),
            let count = reader.readUInt32()
        else { throw .malformedSnapshot }
        try addEpoch(epoch, leafWidth: leafWidth, baseKey: Secret(baseKey))
        let low = epoch & (1 << UInt64(epochBits) - 1)
        epochs[low]?.expires = expires.value.map { Moment(nanoseconds: Int64(bitPattern: $0)) }
        for _ in 0..<count {
            guard let keyID = reader.readUInt64(), let floor = reader.readUInt64() else { throw .malformedSnapshot }
            epochs[low]?.floors[keyID] = floor
        }
    }
}
