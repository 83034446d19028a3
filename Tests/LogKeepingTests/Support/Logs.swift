// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport
import Transparency

/// A log's key, the same in every run, and what follows from it.
enum Logs {
    enum Failure: Error {
        case noRest
        case missing(String)
    }

    static func signer(seed: UInt64 = 1) throws -> NoteSigner<NativeCrypto> {
        guard let name = KeyName("example.com/log".utf8) else { throw Failure.missing("name") }
        var randomness = SeededRandomness(seed: seed)
        return try NoteSigner(name: name, privateKey: Secret(randomness.bytes(32)))
    }

    static func policy(_ signer: NoteSigner<NativeCrypto>) throws -> TrustPolicy {
        try TrustPolicy(parsing: Array("log \(signer.key.text)\nquorum none\n".utf8), with: NativeCrypto.self)
    }

    static func sequencer(
        _ signer: NoteSigner<NativeCrypto>,
        _ configuration: SequencerConfiguration
    ) throws -> Sequencer<NativeCrypto> {
        guard let sequencer = Sequencer(signer: signer, configuration: configuration) else {
            throw Failure.missing("sequencer")
        }
        return sequencer
    }

    static func time(_ seconds: UInt64) throws -> CosignatureTime {
        guard let time = CosignatureTime(seconds: seconds) else { throw Failure.missing("time") }
        return time
    }
}
