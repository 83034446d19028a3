// SPDX-License-Identifier: Apache-2.0

import Foundation

extension VectorKind {
    /// The formats of `test-vectors.md` in mlswg/mls-implementations.
    static let mls: [VectorKind] = [
        entry("mls-tree-math", TreeMathVector.self),
        entry("mls-deserialization", DeserializationVector.self),
        entry("mls-crypto-basics", CryptoBasicsVector.self),
        entry("mls-secret-tree", SecretTreeVector.self),
        entry("mls-key-schedule", KeyScheduleVector.self),
        entry("mls-psk_secret", PSKSecretVector.self),
        entry("mls-transcript-hashes", TranscriptHashesVector.self),
        entry("mls-message-protection", MessageProtectionVector.self),
        entry("mls-messages", MessagesVector.self),
        entry("mls-tree-operations", TreeOperationsVector.self),
        entry("mls-tree-validation", TreeValidationVector.self),
        entry("mls-treekem", TreeKEMVector.self),
        entry("mls-welcome", WelcomeVector.self),
        entry("mls-passive-client", PassiveClientVector.self),
        entry("mls-passive-client-welcome", PassiveClientVector.self),
        entry("mls-passive-client-handling-commit", PassiveClientVector.self),
        entry("mls-passive-client-random", PassiveClientVector.self),
    ]

    private static func entry<Vector: MLSVector>(_ name: String, _ type: Vector.Type) -> VectorKind {
        VectorKind(name: name) { data in
            var report = VectorReport()
            let vectors = try JSONDecoder().decode([Vector].self, from: data)
            for (index, vector) in vectors.enumerated() {
                guard vector.isInScope else {
                    report.skip(index, "cipher suite \(vector.suiteNumber ?? 0) needs X448 and Ed448")
                    continue
                }
                do {
                    try vector.verify()
                    report.passed += 1
                } catch {
                    report.fail(index, "\(error)")
                }
            }
            return report
        }
    }
}
