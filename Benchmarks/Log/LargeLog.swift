// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import LogKeeping
import NativeCrypto
import Transparency

/// A large log: how fast it is written without witnesses, proofs out of its files, and the room that it takes.
enum LargeLog {
    /// - Parameter fixture: where to write proofs for the browser to check; `nil` if it won't.
    static func measure(in folder: String, entries: Int, fixture: String?) async throws -> [Row] {
        var randomness = SystemRandomness()
        let log = try OwnedLog(folder, origin: "large.example/log", randomness: &randomness)
        let policy = try TrustPolicy(
            parsing: Array("log \(log.signer.key.text)\nquorum none\n".utf8),
            with: NativeCrypto.self
        )
        var configuration = SequencerConfiguration()
        configuration.mostEntries = 4_096
        configuration.mostWaiting = 16_384
        let writer = try log.writer(policy: policy, over: NetworkExchange(), configuration: configuration)
        await writer.start()
        let start = ContinuousClock.now
        for first in stride(from: 0, to: entries, by: 8_192) {
            try await withThrowingDiscardingTaskGroup { group in
                for number in first..<min(entries, first + 8_192) {
                    let entry = try NumberedEntries.entry(number)
                    group.addTask { _ = try await writer.submit(entry) }
                }
            }
        }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        await writer.end()
        guard let published = try log.store.read(.checkpoint) else { throw BenchmarkError.serverNotReady }
        let checkpoint = try policy.verify(SignedCheckpoint(parsing: published), with: NativeCrypto.self)
        return [
            written(entries, elapsed, folder),
            try await proofs(log, policy, checkpoint, fixture: fixture),
        ]
    }

    private static func written(_ entries: Int, _ elapsed: Double, _ folder: String) -> Row {
        var bytes = 0
        var blocks = 0
        var files = 0
        let keys: [URLResourceKey] = [.isRegularFileKey, .fileSizeKey, .fileAllocatedSizeKey]
        let all = FileManager.default.enumerator(at: URL(fileURLWithPath: folder), includingPropertiesForKeys: keys)
        while let file = all?.nextObject() as? URL {
            guard let values = try? file.resourceValues(forKeys: Set(keys)), values.isRegularFile == true else {
                continue
            }
            files += 1
            bytes += values.fileSize ?? 0
            blocks += values.fileAllocatedSize ?? values.fileSize ?? 0
        }
        var row = Row(case: "\(entries) entries, no witness")
        row.set("appends/s", Double(entries) / elapsed, decimals: 0)
        row.set("files", files)
        row.set("MB", Double(bytes) / 1e6, decimals: 1)
        row.set("MB_allocated", Double(blocks) / 1e6, decimals: 1)
        row.set("bytes/entry", Double(bytes) / Double(entries), decimals: 1)
        return row
    }

    private static func proofs(
        _ log: OwnedLog,
        _ policy: TrustPolicy,
        _ checkpoint: CosignedCheckpoint,
        fixture: String?
    ) async throws -> Row {
        let size = checkpoint.head.size
        let rounds = 1_000
        var made: [(index: UInt64, proof: [UInt8])] = []
        let start = ContinuousClock.now
        for _ in 0..<rounds {
            let index = UInt64.random(in: 0..<size)
            let inclusion = try await StoredProofs.inclusion(of: index, in: size) { resources in
                try log.store.read(resources.map { .published($0) })
            }
            made.append((index, LogProof(inclusion: inclusion, checkpoint: checkpoint).encoded))
        }
        let making = (ContinuousClock.now - start) / .microseconds(1)
        let entries = try made.map { try entry($0.index, of: log, size) }
        let verifying = ContinuousClock.now
        for (entry, made) in zip(entries, made) {
            let leaf = MerkleTree<NativeCrypto>.leafHash(entry)
            _ = try LogProof(parsing: made.proof).verify(leaf: leaf, policy: policy, with: NativeCrypto.self)
        }
        let checking = (ContinuousClock.now - verifying) / .microseconds(1)
        if let fixture {
            let proofs = zip(entries, made).map { entry, made in
                ["entry": Data(entry).base64EncodedString(), "proof": Data(made.proof).base64EncodedString()]
            }
            let content: [String: Any] = [
                "policy": "log \(log.signer.key.text)\nquorum none\n", "size": size, "proofs": proofs,
                "native_us": checking / Double(rounds),
            ]
            try JSONSerialization.data(withJSONObject: content).write(to: URL(fileURLWithPath: fixture))
        }
        var row = Row(case: "proofs in a log of \(size)")
        row.set("make_us", making / Double(rounds), decimals: 1)
        row.set("verify_us", checking / Double(rounds), decimals: 1)
        row.set("proof_bytes", made.map(\.proof.count).max() ?? 0)
        return row
    }

    private static func entry(_ index: UInt64, of log: OwnedLog, _ size: UInt64) throws -> [UInt8] {
        guard let bundle = TileMath.bundle(of: index, size: size), let bytes = try log.store.read(.entries(bundle))
        else {
            throw BenchmarkError.serverNotReady
        }
        return try EntryBundle.decode(bytes, width: bundle.width)[Int(index) % TileCoordinate.fullWidth]
    }
}
