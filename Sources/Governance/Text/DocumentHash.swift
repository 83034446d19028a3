// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transparency

/// SHA-256 of a whole document: what `sha256sum` says of the file. Every document of ours begins with a line that says what it
/// is (`vigil-charter/v1`, `vigil-order/v1`, …), so that none can be taken for another.
public typealias DocumentHash = TreeHash

extension TreeHash {
    public static func of<Crypto: CryptoProvider>(document: [UInt8], with crypto: Crypto.Type) -> TreeHash {
        TreeHash(digest: Crypto.hash(.sha256, document))
    }

    /// Of 64 hex digits.
    public init?(hex text: String) { self.init(hex: Array(text.utf8)[...]) }

    /// 64 hex digits.
    package init?(hex text: ArraySlice<UInt8>) {
        guard text.count == 64, let bytes = Hexadecimal.decode(text) else { return nil }
        self.init(bytes)
    }

    package var hex: [UInt8] { Hexadecimal.encode(bytes) }
}
