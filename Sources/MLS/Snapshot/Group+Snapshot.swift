// SPDX-License-Identifier: Apache-2.0

public import Base

extension Group {
    /// All that there is, secrets included: to be kept as safe as the group itself, and not longer than it.
    ///
    /// Restoring an old snapshot brings back keys that were deleted since. Reuse guards keep what is then sent safe, but
    /// whoever restores should make a commit soon.
    public func snapshot() -> Secret {
        var writer = ByteWriter(reserving: 8192)
        writer.write(SnapshotFormat.version)
        shared.write(into: &writer)
        writer.write(keys.leaf.value)
        writer.writeVector { writer in
            for (node, pair) in keys.pairs {
                writer.write(node.value)
                SnapshotFormat.write(pair, into: &writer)
            }
        }
        for secret in secrets.all { writer.writeOpaque(secret) }
        secretTree.write(into: &writer)
        SnapshotFormat.write(signatureKey, into: &writer)
        writer.writeVector { writer in
            for pending in pendingUpdates {
                SnapshotFormat.write(pending.encryptionKeyPair, into: &writer)
                SnapshotFormat.write(pending.signatureKey, into: &writer)
            }
        }
        writer.writeVector { writer in
            for epoch in past {
                epoch.context.write(into: &writer)
                epoch.tree.write(into: &writer)
                writer.writeOpaque(epoch.senderData)
                epoch.secretTree.write(into: &writer)
            }
        }
        writer.writeVector { writer in
            for entry in resumption {
                writer.write(entry.epoch)
                writer.writeOpaque(entry.key)
            }
        }
        writer.write(UInt8(isRemoved ? 1 : 0))
        var bytes = writer.bytes
        return Secret(erasing: &bytes)
    }

    public init(restoring snapshot: Secret) throws(MLSRefusal) {
        let bytes = snapshot.withBytes { Array($0) }
        var reader = ByteReader(bytes)
        do throws(WireRefusal) {
            try self.init(reading: &reader)
            guard reader.isAtEnd else { throw .trailingBytes }
        } catch {
            throw .snapshotInvalid
        }
    }

    private init(reading reader: inout ByteReader) throws(WireRefusal) {
        guard try UInt8(reading: &reader) == SnapshotFormat.version else { throw .unknownValue }
        shared = try PublicGroup<Crypto>.read(&reader)
        let limits = shared.limits.ratchets
        let leaf = LeafIndex(try UInt32(reading: &reader))
        var pairs = SortedMap<NodeIndex, HPKEKeyPair>()
        var content = try reader.readVectorContent()
        while !content.isAtEnd {
            let node = NodeIndex(try UInt32(reading: &content))
            pairs[node] = try SnapshotFormat.readKeyPair(&content)
        }
        keys = PrivateKeys(leaf: leaf, pairs: pairs)
        secrets = try EpochSecrets(reading: &reader)
        secretTree = try SecretTree<Crypto>.read(shared.suite, limits: limits, &reader)
        signatureKey = try SnapshotFormat.readSignatureKey(&reader)
        pendingUpdates = []
        content = try reader.readVectorContent()
        while !content.isAtEnd {
            let pair = try SnapshotFormat.readKeyPair(&content)
            let signatureKey = try SnapshotFormat.readSignatureKey(&content)
            pendingUpdates.append(PendingUpdate(encryptionKeyPair: pair, signatureKey: signatureKey))
        }
        past = []
        content = try reader.readVectorContent()
        while !content.isAtEnd { past.append(try PastEpoch(shared.suite, limits: limits, &content)) }
        resumption = []
        content = try reader.readVectorContent()
        while !content.isAtEnd {
            let epoch = try UInt64(reading: &content)
            resumption.append((epoch, try SnapshotFormat.readSecret(&content)))
        }
        isRemoved = try UInt8(reading: &reader) == 1
    }
}

extension PastEpoch {
    init(_ suite: CryptoSuite<Crypto>, limits: RatchetLimits, _ reader: inout ByteReader) throws(WireRefusal) {
        context = try GroupContext(reading: &reader)
        let encoded = try RatchetTree.readEncoding(&reader)
        do { tree = try RatchetTree(decoding: encoded) } catch { throw .invalidStructure }
        senderData = try SnapshotFormat.readSecret(&reader)
        secretTree = try SecretTree.read(suite, limits: limits, &reader)
    }
}

extension EpochSecrets {
    var all: [Secret] {
        [senderData, exporter, external, confirmation, membership, resumption, authenticator, initial]
    }

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        senderData = try SnapshotFormat.readSecret(&reader)
        exporter = try SnapshotFormat.readSecret(&reader)
        external = try SnapshotFormat.readSecret(&reader)
        confirmation = try SnapshotFormat.readSecret(&reader)
        membership = try SnapshotFormat.readSecret(&reader)
        resumption = try SnapshotFormat.readSecret(&reader)
        authenticator = try SnapshotFormat.readSecret(&reader)
        initial = try SnapshotFormat.readSecret(&reader)
    }
}
