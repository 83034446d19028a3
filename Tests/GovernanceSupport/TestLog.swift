// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport

@testable public import Transparency

/// A log in memory with seven witnesses, of which five make a quorum.
public final class TestLog {
    public private(set) var entries: [[UInt8]] = []
    private var leaves: [TreeHash] = []
    private let signer: NoteSigner<NativeCrypto>
    private let cosigners: [Cosigner<NativeCrypto>]
    /// By how many seconds each witness's clock is wrong.
    public var clocks: [Int64]
    /// Which witnesses answer.
    public var awake: [Int]

    public init(name: String = "meet.example/log", witnesses: Int = 7, seed: UInt64 = 9_000) throws {
        func secret(_ number: UInt64) -> Secret {
            var randomness = SeededRandomness(seed: seed + number)
            return Secret(randomness.bytes(32))
        }
        func key(_ text: String) throws -> KeyName {
            guard let name = KeyName(text.utf8) else { throw SupportFailure.notAName(text) }
            return name
        }
        signer = try NoteSigner(name: key(name), privateKey: secret(0))
        cosigners = try (0..<witnesses).map {
            try Cosigner(name: key("witness.example/w\($0)"), privateKey: secret(1 + UInt64($0)))
        }
        clocks = [Int64](repeating: 0, count: witnesses)
        awake = Array(0..<witnesses)
    }

    public var witnessKeys: [[UInt8]] { cosigners.map { $0.key.publicKey } }

    /// The log's key and the quorum, as a file.
    public func policyText(quorum: Int = 5, weightless: Int = 0) -> [UInt8] {
        var text = "log \(signer.key.text)\n"
        for (number, cosigner) in cosigners.enumerated() { text += "witness w\(number) \(cosigner.key.text)\n" }
        let counted = cosigners.count - weightless
        if quorum > 0 {
            let names = (0..<counted).map { "w\($0)" }.joined(separator: " ")
            text += "group quorum-group \(quorum) \(names)\nquorum quorum-group\n"
        } else {
            text += "quorum none\n"
        }
        return Array(text.utf8)
    }

    /// - Returns: its index.
    @discardableResult
    public func append(_ entry: [UInt8]) -> UInt64 {
        entries.append(entry)
        leaves.append(MerkleTree<NativeCrypto>.leafHash(entry))
        return UInt64(entries.count - 1)
    }

    public func leaf(_ index: UInt64) -> TreeHash { leaves[Int(index)] }

    private func source() -> LeafRows { LeafRows(leaves) }

    /// The checkpoint of so many entries, cosigned by whoever is awake, at this time by their clocks.
    public func checkpoint(at seconds: UInt64, size: Int? = nil) throws -> [UInt8] {
        guard let origin = LogOrigin(signer.key.name.bytes) else { throw SupportFailure.missing("origin") }
        let head = try TreeHead(size: UInt64(size ?? entries.count), from: source(), with: NativeCrypto.self)
        let verified = try VerifiedCheckpoint(signing: Checkpoint(origin: origin, head: head), with: signer)
        let signatures = try awake.map { number in
            guard let time = CosignatureTime(seconds: UInt64(Int64(seconds) + clocks[number])) else {
                throw SupportFailure.notATime
            }
            return try cosigners[number].cosign(verified, at: time)
        }
        return verified.adding(signatures).note.encoded
    }

    public func head(_ size: Int? = nil) throws -> TreeHead {
        try TreeHead(size: UInt64(size ?? entries.count), from: source(), with: NativeCrypto.self)
    }

    /// A tlog-proof of an entry under a checkpoint of all entries so far.
    public func proof(of index: UInt64, at seconds: UInt64) throws -> [UInt8] {
        let inclusion = try InclusionProof(
            of: index,
            in: UInt64(entries.count),
            from: source(),
            with: NativeCrypto.self
        )
        var text = "c2sp.org/tlog-proof@v1\nindex \(index)\n"
        for hash in inclusion.hashes { text += String(decoding: Base64.encode(hash.bytes), as: UTF8.self) + "\n" }
        return Array(text.utf8) + [0x0A] + (try checkpoint(at: seconds))
    }

    public func subtrees(before start: UInt64) throws -> [TreeHash] {
        try TreeTail<NativeCrypto>.subtrees(before: start, from: source())
    }
}

/// All perfect subtrees over some leaves.
private struct LeafRows: NodeSource {
    private var rows: [[TreeHash]]

    init(_ leaves: [TreeHash]) {
        rows = [leaves]
        while let row = rows.last, row.count > 1 {
            rows.append(
                stride(from: 0, to: row.count - 1, by: 2).map {
                    MerkleTree<NativeCrypto>.nodeHash(row[$0], row[$0 + 1])
                }
            )
        }
    }

    func hash(of node: TreeNode) -> TreeHash? {
        guard node.level < rows.count, node.index < UInt64(rows[node.level].count) else { return nil }
        return rows[node.level][Int(node.index)]
    }
}
