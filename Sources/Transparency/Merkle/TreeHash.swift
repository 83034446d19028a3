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
        self.init(filling: bytes)
    }

    /// A provider's digest, whose length is the algorithm's.
    init(digest bytes: [UInt8]) { self.init(filling: bytes) }

    private init(filling bytes: some Collection<UInt8>) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        var position = 0
        for byte in bytes {
            switch position / 8 {
            case 0: words.0 = words.0 << 8 | UInt64(byte)
            case 1: words.1 = words.1 << 8 | UInt64(byte)
            case 2: words.2 = words.2 << 8 | UInt64(byte)
            default: words.3 = words.3 << 8 | UInt64(byte)
            }
            position += 1
        }
        (first, second, third, fourth) = words
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
        TreeHash.append(first, to: &bytes)
        TreeHash.append(second, to: &bytes)
        TreeHash.append(third, to: &bytes)
        TreeHash.append(fourth, to: &bytes)
    }

    private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        var shift: UInt64 = 64
        while shift > 0 {
            shift -= 8
            bytes.append(UInt8(truncatingIfNeeded: word >> shift))
        }
    }

    /// From one line of base64, as checkpoints and proofs write it.
    init?(base64 text: ArraySlice<UInt8>) {
        guard text.count == 44, let bytes = Base64.decode(text) else { return nil }
        self.init(bytes)
    }

    var base64: [UInt8] { Base64.encode(bytes) }

    /// 64 hex digits, for people.
    public var text: String { String(decoding: Hexadecimal.encode(bytes), as: UTF8.self) }
}
