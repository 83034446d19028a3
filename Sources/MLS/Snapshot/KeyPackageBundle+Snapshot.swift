// SPDX-License-Identifier: Apache-2.0

public import Base

extension KeyPackageBundle {
    /// The key package and its private keys: to be kept as safe as a group.
    public func snapshot() -> Secret {
        var writer = ByteWriter(reserving: 1024)
        keyPackage.write(into: &writer)
        for key in [initKeyPair.privateKey, encryptionKeyPair.privateKey, signatureKey.privateKey] {
            writer.writeOpaque(key)
        }
        var bytes = writer.bytes
        return Secret(erasing: &bytes)
    }

    /// Refuses bytes whose private keys aren't those of the key package.
    public init<Crypto: CryptoProvider>(restoring snapshot: Secret, with _: Crypto.Type) throws(MLSRefusal) {
        let bytes = snapshot.withBytes { Array($0) }
        var reader = ByteReader(bytes)
        let keyPackage: KeyPackage
        var keys: [Secret] = []
        do throws(WireRefusal) {
            keyPackage = try KeyPackage(reading: &reader)
            for _ in 0..<3 { keys.append(try SnapshotFormat.readSecret(&reader)) }
            guard reader.isAtEnd else { throw .trailingBytes }
        } catch {
            throw .snapshotInvalid
        }
        try self.init(
            try CryptoSuite<Crypto>(keyPackage.cipherSuite),
            keyPackage: keyPackage,
            initPrivateKey: keys[0],
            encryptionPrivateKey: keys[1],
            signaturePrivateKey: keys[2]
        )
    }
}
