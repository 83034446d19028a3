// SPDX-License-Identifier: Apache-2.0

import Base

/// A SHA-256 hash of a Merkle tree (RFC 6962 §2.1): a leaf's, a node's or a root. Always 32 bytes, held without a heap block.
public struct TreeHash: Hashable, Sendable {
    /// Bytes of a hash.
    public static let length = 32

    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    /// `nil` unless there are 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == TreeHash.length else { return nil }
        self.init(digest: Array(bytes))
    }

    /// A provider's digest, whose length is the algorithm's.
    package init(digest bytes: [UInt8]) {
        func word(_ number: Int) -> UInt64 {
            bytes.withUnsafeBytes { raw in
                // Checked, and at once: trees of millions are made of these.
                raw.count < 8 * (number + 1)
                    ? 0 : UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8 * number, as: UInt64.self))
            }
        }
        (first, second, third, fourth) = (word(0), word(1), word(2), word(3))
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(TreeHash.length)
        append(to: &bytes)
        return bytes
    }

    /// The 32 bytes, added to others.
    public func append(to bytes: inout [UInt8]) {
        for word in [first, second, third, fourth] {
            withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
        }
    }

    /// From one line of base64, as checkpoints and proofs write it.
    init?(base64 text: ArraySlice<UInt8>) {
        guard text.count == 44, let bytes = Base64.decode(text) else { return nil }
        self.init(bytes)
    }

    var base64: [UInt8] { Base64.encode(bytes) }

    /// 64 hex digits, for people.
    public var text: String { Hexadecimal.text(bytes) }
}
