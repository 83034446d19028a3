// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport
import Transparency

typealias Tree = MerkleTree<NativeCrypto>

/// Names and keys of a log and its witnesses, the same in every run.
enum Keys {
    static func name(_ text: String) throws -> KeyName {
        guard let name = KeyName(text.utf8) else { throw TestFailure.notAName(text) }
        return name
    }

    static func secret(_ seed: UInt64) -> Secret {
        var randomness = SeededRandomness(seed: seed)
        return Secret(randomness.bytes(32))
    }

    static func log(_ name: String = "example.com/log", seed: UInt64 = 1) throws -> NoteSigner<NativeCrypto> {
        try NoteSigner(name: Keys.name(name), privateKey: secret(seed))
    }

    static func witness(_ number: Int) throws -> Cosigner<NativeCrypto> {
        try Cosigner(name: name("witness.example/w\(number)"), privateKey: secret(1_000 + UInt64(number)))
    }

    /// The log, `n` witnesses, and a quorum of `k` of them; `quorum none` without any.
    static func policy(_ k: Int = 0, of n: Int = 0, log: NoteSigner<NativeCrypto>? = nil) throws -> TrustPolicy {
        var text = "log \(try (log ?? Keys.log()).key.text)\n"
        for number in 0..<n { text += "witness w\(number) \(try witness(number).key.text)\n" }
        if n > 0 {
            text += "group all-of-them \(k) \((0..<n).map { "w\($0)" }.joined(separator: " "))\nquorum all-of-them\n"
        } else {
            text += "quorum none\n"
        }
        return try TrustPolicy(parsing: Array(text.utf8), with: NativeCrypto.self)
    }

    static func time(_ seconds: UInt64) throws -> CosignatureTime {
        guard let time = CosignatureTime(seconds: seconds) else { throw TestFailure.notATime }
        return time
    }
}

enum TestFailure: Error {
    case notAName(String)
    case notATime
    case missing(String)
}
