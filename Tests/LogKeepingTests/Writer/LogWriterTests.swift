// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import LogKeeping
import LogProcess
import NIOConcurrencyHelpers
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("The log's writer")
struct LogWriterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func open(_ origin: String? = "writer.example/log") throws -> OwnedLog {
        var randomness = SystemRandomness()
        return try OwnedLog(folder.path + "/log", origin: origin, randomness: &randomness)
    }

    @Test(
        "entries are in the published log when they are acknowledged; the next process goes on, from the witnesses' sizes"
    )
    func appends() async throws {
        for life in 0..<2 {
            let log = try open()
            let known = try #require(KnownLog(key: log.signer.key))
            // New every time, with sizes that it doesn't know: each witness answers 409 first.
            let witnesses = try LocalWitnesses(3, of: known, in: folder.path)
            let policy = try witnesses.policy(quorum: 3, log: log.signer.key)
            let writer = try log.writer(policy: policy, over: witnesses)
            await writer.start()
            let receipts = try await withThrowingTaskGroup(of: (Int, Receipt).self) { group in
                for number in life * 300..<(life + 1) * 300 {
                    let entry = try NumberedEntry.make(number)
                    group.addTask { (number, try await writer.submit(entry)) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            let bytes = try #require(try log.store.read(.checkpoint))
            let cosigned = try policy.verify(SignedCheckpoint(parsing: bytes), with: NativeCrypto.self)
            #expect(cosigned.cosignatures.count == 3)
            #expect(cosigned.head.size == UInt64(life + 1) * 300)
            for (number, receipt) in receipts {
                let proof = try await StoredProofs.inclusion(of: receipt.index, in: cosigned.head.size) { resources in
                    try log.store.read(resources.map { .published($0) })
                }
                #expect(throws: Never.self) {
                    try proof.verify(leaf: receipt.leaf, in: cosigned.head, with: NativeCrypto.self)
                }
                #expect(receipt.leaf == MerkleTree<NativeCrypto>.leafHash(try NumberedEntry.make(number).encoded))
            }
            await writer.end()
        }
    }

    @Test("without a quorum nothing is acknowledged or published, and the writer says why")
    func noQuorum() async throws {
        let log = try open()
        let known = try #require(KnownLog(key: log.signer.key))
        let witnesses = try LocalWitnesses(2, of: known, in: folder.path)
        // The third one isn't there.
        let third = try LocalWitnesses(3, of: known, in: folder.path + "/other").policy(quorum: 3, log: log.signer.key)
        let (troubles, continuation) = AsyncStream.makeStream(of: WitnessTrouble.self)
        let writer = try log.writer(
            policy: third,
            over: witnesses,
            onTrouble: { _, trouble in continuation.yield(trouble) }
        )
        await writer.start()
        let submission = Task { try await writer.submit(NumberedEntry.make(1)) }
        var iterator = troubles.makeAsyncIterator()
        #expect(await iterator.next() == .unreachable(.badAddress))
        #expect(try log.store.read(.checkpoint) == nil)
        await writer.end()
        await #expect(throws: CancellationError.self) { try await submission.value }
    }

    @Test("one process writes a log; its key is its own and keeps its name")
    func ownership() throws {
        do {
            let first = try open()
            #expect(throws: OwnedLogFault.inUse(folder.path + "/log")) { try open() }
            #expect(first.signer.key.name.text == "writer.example/log")
        }
        #expect(throws: OwnedLogFault.otherName(kept: "writer.example/log", wanted: "other.example/log")) {
            try open("other.example/log")
        }
        let key = try open(nil).signer.key
        #expect(try open().signer.key == key)
        let mode = try folder.permissions("log/key")
        #expect(mode == 0o600)
    }

    @Test("a damaged key is refused, and never replaced by a new one")
    func damagedKey() throws {
        _ = try open()
        let path = folder.path + "/log/key"
        let text = try folder.text("log/key")
        let damaged = text.replacing("+A", with: "+B")
        #expect(damaged != text)
        _ = try folder.write(damaged, to: "log/key")
        #expect(throws: OwnedLogFault.key(.refused(path, .malformed))) { try open() }
        let end = text.index(text.endIndex, offsetBy: -10)
        let other: Character = text[end] == "x" ? "y" : "x"
        _ = try folder.write(text.replacingCharacters(in: end...end, with: String(other)), to: "log/key")
        #expect(throws: OwnedLogFault.key(.refused(path, .wrongID))) { try open() }
    }
}
