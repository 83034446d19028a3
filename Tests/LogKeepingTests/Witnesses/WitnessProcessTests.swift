// SPDX-License-Identifier: Apache-2.0

import LogKeeping
import LogProcess
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("vigil-witness, a process")
struct WitnessProcessTests {
    /// The log's checkpoint of so many entries out of one list, with a proof from an older size.
    private func request(_ signer: NoteSigner<NativeCrypto>, variant: Int = 0, from old: Int, to new: Int) throws
        -> [UInt8]
    {
        try TinyLog(signer, variant: variant, count: 40).request(from: old, to: new)
    }

    @Test("cosigns what continues, answers 409, 422, 403 and 404 otherwise, and remembers after SIGKILL")
    func statuses() async throws {
        let folder = try TemporaryFolder()
        let signer = try Logs.signer()
        let exchange = NetworkExchange()
        var witness = try RunningWitness("w.example", of: signer.key, in: folder)
        let key = witness.key
        func post(_ body: [UInt8]) async throws -> HTTPReply {
            try await exchange.post(body, to: witness.url + "/add-checkpoint", longest: 65_536)
        }

        let first = try await post(request(signer, from: 0, to: 10))
        #expect(first.status == 200)
        let second = try await post(request(signer, from: 10, to: 20))
        #expect(second.status == 200)
        #expect(
            try await post(request(signer, from: 10, to: 30))
                == HTTPReply(
                    status: 409,
                    contentType: "text/x.tlog.size",
                    body: Array("20\n".utf8)
                )
        )
        #expect(try await post(request(signer, variant: 1, from: 20, to: 30)).status == 422)
        #expect(try await post(request(Logs.signer(seed: 9), from: 20, to: 30)).status == 403)
        #expect(try await post(Array("old x\n".utf8)).status == 400)

        witness.kill()
        witness = try RunningWitness("w.example", of: signer.key, in: folder)
        #expect(witness.key == key)
        #expect(try await post(request(signer, from: 0, to: 30)).body == Array("20\n".utf8))
        let third = try await post(request(signer, from: 20, to: 30))
        #expect(third.status == 200)

        let policy = try TrustPolicy(
            parsing: Array("log \(signer.key.text)\nwitness w \(key.text)\nquorum w\n".utf8),
            with: NativeCrypto.self
        )
        let known = try #require(KnownLog(key: signer.key))
        let source = LogSource(witness.url, over: exchange)
        let path = known.origin.hash(with: NativeCrypto.self) + "/checkpoint"
        let held = try #require(try await source.fetch(path: path, longest: SignedNote.longest))
        let cosigned = try policy.verify(SignedCheckpoint(parsing: held), with: NativeCrypto.self)
        #expect(cosigned.head.size == 30)
        // The contradiction is kept for whoever asks.
        #expect(try PosixDisk().names(in: folder.path + "/w.example/evidence").count == 1)
        #expect(try await source.fetch(path: "nothing", longest: 100) == nil)
    }
}
