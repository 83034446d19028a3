// SPDX-License-Identifier: Apache-2.0

public import Base

/// The hashing of RFC 6962 §2.1 with SHA-256 ("all Merkle tree cryptographic operations are as specified by RFC 6962",
/// C2SP tlog-tiles, APIs).
public enum MerkleTree<Crypto: CryptoProvider> {
    /// `MTH({})`: the hash of an empty string.
    public static var emptyRoot: TreeHash { TreeHash(digest: Crypto.hash(.sha256, [])) }

    /// `SHA-256(0x00 || entry)`.
    public static func leafHash(_ entry: some Collection<UInt8>) -> TreeHash {
        var input: [UInt8] = [0x00]
        input.reserveCapacity(entry.count + 1)
        input.append(contentsOf: entry)
        return TreeHash(digest: Crypto.hash(.sha256, input))
    }

    /// `SHA-256(0x01 || left || right)`.
    public static func nodeHash(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        var input: [UInt8] = [0x01]
        input.reserveCapacity(1 + 2 * TreeHash.length)
        left.append(to: &input)
        right.append(to: &input)
        return TreeHash(digest: Crypto.hash(.sha256, input))
    }

    /// The hash of a perfect subtree over `hashes`, whose number is a power of two.
    static func perfectRoot(_ hashes: ArraySlice<TreeHash>) -> TreeHash {
        var row = Array(hashes)
        while row.count > 1 {
            var next: [TreeHash] = []
            next.reserveCapacity(row.count / 2)
            var index = 0
            while index + 1 < row.count {
                next.append(nodeHash(row[index], row[index + 1]))
                index += 2
            }
            row = next
        }
        return row.first ?? emptyRoot
    }
}
