// SPDX-License-Identifier: Apache-2.0

/// The body of `POST <submission prefix>/add-checkpoint` (C2SP tlog-witness): an old size, a consistency proof, an empty line, a
/// checkpoint.
public struct AddCheckpointRequest: Hashable, Sendable {
    public let oldSize: UInt64
    public let proof: ConsistencyProof
    public let checkpoint: SignedCheckpoint

    /// "The client MUST NOT send more than 63 consistency proof lines."
    static let mostHashes = 63
    /// The longest body worth reading.
    public static let longest = SignedNote.longest + 4_096

    public init(oldSize: UInt64, proof: ConsistencyProof, checkpoint: VerifiedCheckpoint) {
        self.oldSize = oldSize
        self.proof = proof
        self.checkpoint = SignedCheckpoint(checkpoint)
    }

    public init(parsing body: [UInt8]) throws(WitnessRefusal) {
        guard body.count <= AddCheckpointRequest.longest else { throw .malformed }
        var lines = LineReader(body[...])
        guard let digits = lines.next()?.dropping("old "), let size = Decimal.parse(digits) else { throw .malformed }
        var hashes: [TreeHash] = []
        while let line = lines.next() {
            if line.isEmpty {
                oldSize = size
                proof = ConsistencyProof(hashes: hashes)
                do throws(CheckpointRefusal) {
                    checkpoint = try SignedCheckpoint(parsing: Array(lines.rest))
                } catch {
                    // A line that can't be a signature is none "from a trusted key".
                    if case .note(.malformedSignature) = error { throw .signature(.malformedSignature) }
                    throw .checkpoint(error)
                }
                return
            }
            guard hashes.count < AddCheckpointRequest.mostHashes, let hash = TreeHash(base64: line) else {
                throw .malformed
            }
            hashes.append(hash)
        }
        throw .malformed
    }

    public var encoded: [UInt8] {
        var body: [UInt8] = []
        body.append("old ")
        body += Decimal.text(oldSize)
        body.append(.newline)
        for hash in proof.hashes {
            body += hash.base64
            body.append(.newline)
        }
        body.append(.newline)
        return body + checkpoint.note.encoded
    }
}
