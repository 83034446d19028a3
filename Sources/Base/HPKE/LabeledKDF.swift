// SPDX-License-Identifier: Apache-2.0

/// `LabeledExtract` and `LabeledExpand` (RFC 9180 §4).
struct LabeledKDF<Crypto: CryptoProvider> {
    let hash: HashAlgorithm
    let suite: [UInt8]

    func extract(salt: Secret, label: StaticString, inputKeyMaterial: Secret) -> Secret {
        let prefix = LabeledKDF.version + suite + LabeledKDF.bytes(label)
        let labeled = inputKeyMaterial.withBytes { Secret(prefix + $0) }
        return Crypto.extract(hash, salt: salt, inputKeyMaterial: labeled)
    }

    func expand(
        _ pseudorandomKey: Secret,
        label: StaticString,
        info: [UInt8],
        length: Int
    ) throws(CryptoRefusal) -> Secret {
        guard let short = UInt16(exactly: length) else { throw .invalidLength }
        var labeled = ByteWriter(reserving: 64 + info.count)
        labeled.write(short)
        labeled.write(LabeledKDF.version)
        labeled.write(suite)
        labeled.write(LabeledKDF.bytes(label))
        labeled.write(info)
        return try Crypto.expand(hash, pseudorandomKey: pseudorandomKey, info: labeled.bytes, length: length)
    }

    private static var version: [UInt8] { [UInt8](word: "HPKE-v1") }

    private static func bytes(_ label: StaticString) -> [UInt8] {
        label.withUTF8Buffer { Array($0) }
    }
}
