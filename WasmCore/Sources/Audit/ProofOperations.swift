// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import PortableCrypto
import Transparency

/// That an entry was logged, checked without the log (C2SP tlog-proof).
enum ProofOperations {
    /// Which entry of which log, in a tree of what size, and by when the quorum had seen it (0 without witnesses).
    static func check(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let policy = try fields.policy()
        let entry = try fields.bytes()
        let proof = try fields.bytes()
        let now = try fields.time()
        try fields.end()
        let logged: LoggedEntry
        do throws(ProofRefusal) {
            logged = try LogProof(parsing: proof)
                .verify(
                    leaf: MerkleTree<MeetingCrypto>.leafHash(entry),
                    policy: policy,
                    now: now,
                    with: MeetingCrypto.self
                )
        } catch {
            throw .named(error.name)
        }
        var writer = ByteWriter(reserving: 128)
        writer.write(logged.index)
        writer.writeField(logged.checkpoint.origin.bytes)
        writer.write(logged.checkpoint.head.size)
        writer.write(logged.checkpoint.witnessedAt?.seconds ?? 0)
        return writer.bytes
    }
}

extension ProofRefusal {
    fileprivate var name: StaticString {
        switch self {
        case .tooLong: "proof.tooLong"
        case .wrongHeader: "proof.wrongHeader"
        case .wrongExtra: "proof.wrongExtra"
        case .wrongIndex: "proof.wrongIndex"
        case .wrongHash: "proof.wrongHash"
        case .noCheckpoint: "proof.noCheckpoint"
        case .trust(.quorumMissed): "proof.quorumMissed"
        case .trust(.futureCosignature): "proof.futureCosignature"
        case .trust: "proof.checkpoint"
        case .inclusion: "proof.notInTree"
        }
    }
}
