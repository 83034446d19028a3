// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport
import Testing

@testable import Transparency

@Suite("Proofs to take along")
struct LogProofTests {
    private let log: SignedTree
    private let policy: TrustPolicy
    private let proof: LogProof

    init() throws {
        log = try SignedTree(count: 40)
        policy = try Keys.policy(2, of: 3)
        let known = try #require(KnownLog(key: log.signer.key))
        var checkpoint = try log.checkpoint(33)
        for number in 0..<2 {
            let witness = try WitnessHarness(number, logs: [known])
            _ = try witness.post(log.request(from: 0, to: 33))
            let record = try SignedNote(parsing: #require(witness.disk[known.origin]))
            checkpoint = checkpoint.adding(record.signatures)
        }
        proof = LogProof(
            extra: [1, 2, 3],
            inclusion: try InclusionProof(of: 17, in: 33, from: log.tree, with: NativeCrypto.self),
            checkpoint: try policy.cosigned(checkpoint, with: NativeCrypto.self)
        )
    }

    @Test("a proof is read, written byte for byte, and holds")
    func holds() throws {
        let read = try LogProof(parsing: proof.encoded)
        #expect(read == proof && read.encoded == proof.encoded)
        let logged = try read.verify(leaf: log.tree.rows[0][17], policy: policy, with: NativeCrypto.self)
        #expect(logged.index == 17 && logged.checkpoint.cosignatures.count == 2)
    }

    @Test("another leaf, index, log or policy is refused by its rule")
    func refused() throws {
        let leaf = log.tree.rows[0][17]
        #expect(throws: ProofRefusal.inclusion(.rootMismatch)) {
            try proof.verify(leaf: log.tree.rows[0][16], policy: policy, with: NativeCrypto.self)
        }
        let moved = try LogProof(parsing: Array(text.replacing("index 17", with: "index 16").utf8))
        #expect(throws: ProofRefusal.inclusion(.rootMismatch)) {
            try moved.verify(leaf: leaf, policy: policy, with: NativeCrypto.self)
        }
        #expect(throws: ProofRefusal.trust(.checkpoint(.unknownOrigin))) {
            try proof.verify(leaf: leaf, policy: Keys.policy(log: Keys.log("other.example")), with: NativeCrypto.self)
        }
        do {
            _ = try proof.verify(leaf: leaf, policy: Keys.policy(3, of: 3), with: NativeCrypto.self)
            Issue.record("accepted without its quorum")
        } catch ProofRefusal.trust(.quorumMissed(let found)) {
            #expect(found.count == 2)
        }
    }

    private var text: String { String(decoding: proof.encoded, as: UTF8.self) }

    @Test("what isn't a proof is refused by the rule it breaks")
    func malformed() throws {
        let cases: [(String, String, ProofRefusal)] = [
            ("tlog-proof@v1", "tlog-proof@v2", .wrongHeader), ("extra AQID", "extra AQI", .wrongExtra),
            ("extra AQID\n", "extra AQID\nextra AQID\n", .wrongIndex), ("index 17", "index 017", .wrongIndex),
            ("index 17", "index -1", .wrongIndex), ("index 17\n", "", .wrongIndex),
            ("index 17\n", "index 17\nAAAA\n", .wrongHash),
            (
                "index 17\n",
                "index 17\n" + String(repeating: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", count: 60),
                .wrongHash
            ),
            ("\n\nexample.com/log\n", "\nexample.com/log\n", .wrongHash),
            ("example.com/log\n33\n", "example.com/log\n033\n", .trust(.checkpoint(.invalidSize))),
        ]
        for (part, other, refusal) in cases {
            let changed = text.replacing(part, with: other)
            #expect(changed != text)
            #expect(throws: refusal, "\(other)") { try LogProof(parsing: Array(changed.utf8)) }
        }
        let cut = text.prefix { $0 != "\n" } + "\nindex 1\n"
        #expect(throws: ProofRefusal.noCheckpoint) { try LogProof(parsing: Array(cut.utf8)) }
    }
}
