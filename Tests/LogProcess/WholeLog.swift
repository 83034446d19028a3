// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import LogKeeping
import NativeCrypto
import Transparency

/// A whole log in a folder, for verifiers that aren't ours.
///
/// ```
/// keys                     the log's key, then each witness's, a line each
/// public/                  the log as it is served
/// old-checkpoint           the log's checkpoint when it was half as long
/// proof-<INDEX>.tlog-proof, entry-<INDEX>   of some entries
/// ```
enum WholeLog {
    static func make(in folder: String, numbers: Range<Int>) async throws {
        let count = numbers.count
        var randomness = SystemRandomness()
        let log = try OwnedLog(folder, origin: "go.example/log", randomness: &randomness)
        guard let known = KnownLog(key: log.signer.key) else { throw LogProcessFault.usage }
        let witnesses = try LocalWitnesses(3, of: known, in: folder)
        let policy = try witnesses.policy(quorum: 2, log: log.signer.key)
        var configuration = SequencerConfiguration()
        configuration.mostWaiting = max(8_192, count)
        let writer = try log.writer(policy: policy, over: witnesses, configuration: configuration)
        await writer.start()
        try await append(numbers.prefix(count / 2), to: writer)
        let old = try file(.checkpoint, of: log)
        try await append(numbers.dropFirst(count / 2), to: writer)

        let cosigned = try policy.verify(
            SignedCheckpoint(parsing: file(.checkpoint, of: log)),
            with: NativeCrypto.self
        )
        let disk = PosixDisk()
        let keys = [log.signer.key] + policy.witnesses.map(\.key)
        try disk.write(Array((keys.map(\.text).joined(separator: "\n") + "\n").utf8), to: folder + "/keys", mode: 0o644)
        try disk.write(old, to: folder + "/old-checkpoint", mode: 0o644)
        for index in [0, 1, 255, 256, count / 3, count / 2, count - 1] where index < count {
            let inclusion = try await StoredProofs.inclusion(of: UInt64(index), in: cosigned.head.size) { resources in
                try log.store.read(resources.map { .published($0) })
            }
            let proof = LogProof(inclusion: inclusion, checkpoint: cosigned)
            try disk.write(proof.encoded, to: folder + "/proof-\(index).tlog-proof", mode: 0o644)
            try disk.write(try entry(index, of: log, cosigned.head.size), to: folder + "/entry-\(index)", mode: 0o644)
        }
        await writer.end()
    }

    private static func append(_ numbers: Range<Int>, to writer: LogWriter<LogStore<PosixDisk>>) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for number in numbers {
                let entry = try NumberedEntry.make(number)
                group.addTask { _ = try await writer.submit(entry) }
            }
        }
    }

    private static func file(_ resource: LogResource, of log: OwnedLog) throws -> [UInt8] {
        guard let bytes = try log.store.read(resource) else { throw LogProcessFault.usage }
        return bytes
    }

    private static func entry(_ index: Int, of log: OwnedLog, _ size: UInt64) throws -> [UInt8] {
        guard let bundle = TileMath.bundle(of: UInt64(index), size: size) else { throw LogProcessFault.usage }
        let entries = try EntryBundle.decode(try file(.entries(bundle), of: log), width: bundle.width)
        return entries[index % TileCoordinate.fullWidth]
    }
}
