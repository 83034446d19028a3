// SPDX-License-Identifier: Apache-2.0

public import Base

/// That something was logged, to be checked without the log (C2SP tlog-proof). Unchecked until ``verify(leaf:policy:with:)``.
public struct LogProof: Hashable, Sendable {
    /// Opaque and not authenticated; `nil` if the line is left out.
    public let extra: [UInt8]?
    public let inclusion: InclusionProof
    public let checkpoint: SignedCheckpoint

    /// As many hashes as the largest tree needs.
    static let mostHashes = 63
    /// The longest `extra` that we read, in base64.
    static let longestExtra = 65_536

    /// Made of a checkpoint that the maker's own policy takes.
    public init(extra: [UInt8]? = nil, inclusion: InclusionProof, checkpoint: CosignedCheckpoint) {
        self.extra = extra
        self.inclusion = inclusion
        self.checkpoint = SignedCheckpoint(checkpoint.verified)
    }

    public init(parsing bytes: [UInt8]) throws(ProofRefusal) {
        guard bytes.count <= SignedNote.longest + 2 * LogProof.longestExtra else { throw .tooLong }
        var lines = LineReader(bytes[...])
        guard lines.next()?.elementsEqual("c2sp.org/tlog-proof@v1".utf8) == true else { throw .wrongHeader }
        guard var line = lines.next() else { throw .wrongIndex }
        if let text = line.dropping("extra ") {
            guard text.count <= LogProof.longestExtra, let bytes = Base64.decode(text) else { throw .wrongExtra }
            extra = bytes
            guard let next = lines.next() else { throw .wrongIndex }
            line = next
        } else {
            extra = nil
        }
        guard let digits = line.dropping("index "), let index = Decimal.parse(digits) else { throw .wrongIndex }
        var hashes: [TreeHash] = []
        while let line = lines.next() {
            if line.isEmpty {
                inclusion = InclusionProof(index: index, hashes: hashes)
                do throws(CheckpointRefusal) {
                    checkpoint = try SignedCheckpoint(parsing: Array(lines.rest))
                } catch {
                    throw .trust(.checkpoint(error))
                }
                return
            }
            guard hashes.count < LogProof.mostHashes, let hash = TreeHash(base64: line) else { throw .wrongHash }
            hashes.append(hash)
        }
        throw .noCheckpoint
    }

    public var encoded: [UInt8] {
        var text: [UInt8] = []
        text.append("c2sp.org/tlog-proof@v1\n")
        if let extra {
            text.append("extra ")
            text += Base64.encode(extra)
            text.append(.newline)
        }
        text.append("index ")
        text += Decimal.text(inclusion.index)
        text.append(.newline)
        for hash in inclusion.hashes {
            text += hash.base64
            text.append(.newline)
        }
        text.append(.newline)
        return text + checkpoint.note.encoded
    }

    /// The steps of "Verifying a tlog proof". Step 1, the leaf's hash, is the caller's: `MerkleTree.leafHash` of the entry.
    public func verify<Crypto: CryptoProvider>(
        leaf: TreeHash,
        policy: TrustPolicy,
        now: CosignatureTime? = nil,
        with crypto: Crypto.Type
    ) throws(ProofRefusal) -> LoggedEntry {
        let cosigned: CosignedCheckpoint
        // Steps 2 and 3.
        do throws(TrustRefusal) { cosigned = try policy.verify(checkpoint, now: now, with: crypto) } catch {
            throw .trust(error)
        }
        // Step 4.
        do throws(MerkleRefusal) { try inclusion.verify(leaf: leaf, in: cosigned.head, with: crypto) } catch {
            throw .inclusion(error)
        }
        return LoggedEntry(leaf: leaf, index: inclusion.index, checkpoint: cosigned)
    }
}

extension SignedCheckpoint {
    /// Down the ladder again, to be handed on to somebody who believes nothing of it.
    init(_ verified: VerifiedCheckpoint) {
        note = verified.note
        checkpoint = verified.checkpoint
    }
}
