// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport
import Testing

@testable import Transparency

@Suite("Cosignatures, the log's side")
struct CollectorTests {
    private let log: SignedTree
    private let known: KnownLog

    init() throws {
        log = try SignedTree(count: 40)
        known = try #require(KnownLog(key: log.signer.key))
    }

    /// Lets every witness answer, until all are done.
    private func collect(
        _ size: Int,
        _ policy: TrustPolicy,
        sizes: [UInt64] = [],
        answer: (Int, AddCheckpointRequest) throws -> WitnessResponse?
    ) throws -> (CosignatureCollector<NativeCrypto>, [Int: CollectorFailure]) {
        var collector = CosignatureCollector<NativeCrypto>(try log.checkpoint(size), policy: policy, sizes: sizes)
        var failures: [Int: CollectorFailure] = [:]
        var actions = collector.start()
        while let action = actions.popLast() {
            switch action {
            case .ask(let witness, let old):
                if let response = try answer(witness, try log.request(from: Int(old), to: size)) {
                    actions.append(collector.handle(response, from: witness))
                } else {
                    collector.lost(witness)
                }
            case .failed(let witness, let failure): failures[witness] = failure
            case .none: continue
            }
        }
        #expect(collector.isOver)
        return (collector, failures)
    }

    @Test("two of three are enough: one is away, and sizes that witnesses name are taken over")
    func quorum() throws {
        let policy = try Keys.policy(2, of: 3)
        let witnesses = try (0..<3).map { try WitnessHarness($0, logs: [known]) }
        _ = try witnesses[1].post(log.request(from: 0, to: 7))
        let (first, _) = try collect(20, policy) { try $0 == 2 ? nil : witnesses[$0].post($1) }
        let cosigned = try #require(first.cosigned)
        #expect(cosigned.cosignatures.map(\.witness) == [0, 1])
        #expect(first.sizes == [20, 20, 0])
        // What anybody else makes of it.
        let read = try policy.verify(SignedCheckpoint(parsing: cosigned.note.encoded), with: NativeCrypto.self)
        #expect(read == cosigned)
        let (second, _) = try collect(30, policy, sizes: first.sizes) { try witnesses[$0].post($1) }
        #expect(second.cosigned?.cosignatures.count == 3)
    }

    @Test("liars count for nothing: another's signature, none, one of another tree, an endless conflict")
    func liars() throws {
        let policy = try Keys.policy(2, of: 5)
        let honest = try WitnessHarness(0, logs: [known])
        let other = try WitnessHarness(4, logs: [known])
        let (collector, failures) = try collect(20, policy) { witness, request in
            switch witness {
            case 0: return try honest.post(request)
            // A right cosignature, by a key that isn't this witness's.
            case 1: return try other.post(log.request(from: 0, to: 20)) ?? other.post(log.request(from: 20, to: 20))
            case 2: return WitnessResponse(status: 200, contentType: "", body: [])
            case 3: return WitnessResponse(status: 409, contentType: "", body: Array("\(request.oldSize ^ 1)\n".utf8))
            default: return WitnessResponse(status: 409, contentType: "", body: Array("21\n".utf8))
            }
        }
        #expect(collector.cosigned == nil)
        #expect(failures[1] == .wrongSignature && failures[2] == .malformedAnswer && failures[3] == .malformedAnswer)
        // A larger tree than we know of: our store was set back, or our key is elsewhere.
        #expect(failures[4] == .aheadOfUs(21))
    }

    @Test("a witness that holds another tree of ours says so")
    func fork() throws {
        let fork = try SignedTree(count: 40, variant: 1)
        let witness = try WitnessHarness(0, logs: [known])
        _ = try witness.post(fork.request(from: 0, to: 10))
        let (collector, failures) = try collect(20, try Keys.policy(1, of: 1)) { _, request in try witness.post(request)
        }
        #expect(failures[0] == .inconsistent && collector.cosigned == nil)
    }

    @Test("the cosigned message is the specification's")
    func message() throws {
        let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
        let message = CosignedMessage.bytes(time: try Keys.time(1_679_315_147), text: Array(text.utf8))
        #expect(String(decoding: message, as: UTF8.self) == "cosignature/v1\ntime 1679315147\n" + text)
        #expect(CosignatureTime(seconds: 1 << 63) == nil)
    }

    @Test("a cosignature of a time that hasn't come is refused where the time is known")
    func future() throws {
        let policy = try Keys.policy(1, of: 1)
        let witness = try WitnessHarness(0, logs: [known])
        let (collector, _) = try collect(20, policy) { _, request in try witness.post(request) }
        let signed = try SignedCheckpoint(parsing: #require(collector.cosigned).note.encoded)
        _ = try policy.verify(signed, now: Keys.time(1_790_000_000), with: NativeCrypto.self)
        #expect(throws: TrustRefusal.futureCosignature(0)) {
            try policy.verify(signed, now: Keys.time(1_789_999_999), with: NativeCrypto.self)
        }
    }
}
