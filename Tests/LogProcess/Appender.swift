// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import LogKeeping
import NativeCrypto
import Transparency

/// The real writer on the real disk, with witnesses over HTTP.
enum Appender {
    static func run(folder: String, policyPath: String) async throws {
        var randomness = SystemRandomness()
        let log = try OwnedLog(folder, origin: "kill.example/log", randomness: &randomness)
        guard let text = try PosixDisk().read(policyPath) else { throw LogProcessFault.noPolicy(policyPath) }
        let policy = try TrustPolicy(parsing: text, with: NativeCrypto.self)
        var configuration = SequencerConfiguration()
        configuration.batchInterval = .milliseconds(2)
        configuration.retryInterval = .milliseconds(20)
        configuration.mostEntries = 16
        let writer = try log.writer(
            policy: policy,
            over: NetworkExchange(),
            configuration: configuration,
            onEvent: { event in FileHandle.standardError.write(Data("\(event)\n".utf8)) }
        )
        await writer.start()
        // The key's public half, for whoever reads the log afterwards.
        say("key \(log.signer.key.text)")
        try await withThrowingDiscardingTaskGroup { group in
            while let line = readLine(), let number = Int(line) {
                let entry = try NumberedEntry.make(number)
                group.addTask {
                    let receipt = try await writer.submit(entry)
                    say("\(number) \(receipt.index)")
                }
            }
        }
    }

    /// In one write, so that a line is whole or not there.
    private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
