// SPDX-License-Identifier: Apache-2.0

import Base
import Driver
import StandInCrypto
import Transparency

fuzz { input in
    guard let name = KeyName("example.com/log".utf8),
        let key = try? VerifierKey(
            name: name,
            type: .ed25519,
            publicKey: [UInt8](repeating: 1, count: 32),
            with: StandInCrypto.self
        ),
        let policy = try? TrustPolicy(
            parsing: Array("log \(key.text)\nquorum none\n".utf8),
            with: StandInCrypto.self
        ),
        let now = CosignatureTime(seconds: 1_800_000_000)
    else { preconditionFailure("no policy") }
    // Answers one after another, each behind two bytes of length; a length of 65,535 means that there is none.
    var reader = ByteReader([UInt8](input))
    func next() -> [UInt8]? {
        guard let length = reader.readUInt16(), length < .max else { return nil }
        return Array(reader.read(count: min(Int(length), reader.remaining)) ?? [])
    }
    let view = next() ?? []
    var options = MonitorOptions()
    options.mostFindings = 20
    options.bundlesAtOnce = 2
    var monitor = Monitor<StandInCrypto>(
        policy: policy,
        views: [CheckpointView(name: "view", bytes: view)],
        options: options,
        now: now
    )
    var action = monitor.start()
    for _ in 0..<64 {
        guard case .fetch(let resources) = action else { return }
        precondition(resources.count <= 64)
        action = monitor.handle(resources.map { _ in next() })
    }
}
