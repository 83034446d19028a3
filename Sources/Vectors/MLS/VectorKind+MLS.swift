// SPDX-License-Identifier: Apache-2.0

import MLS

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
        VectorKind(name: name) { (file) throws(VectorFailure) in
            var report = VectorReport()
            let entries = try VectorEntry.entries(try VectorEntry.parse(file), "the file") {
                (entry) throws(VectorFailure) in entry
            }
            for (index, entry) in entries.enumerated() {
                let vector = try Vector(entry)
                if let number = vector.suiteNumber, let reason = Provider.reasonAgainst(suite: number) {
                    report.skip(index, reason)
                    continue
                }
                let check = VectorCheck()
                do throws(MLSRefusal) { try vector.verify(check) } catch { check.fail(VectorCheck.name(error)) }
                report.add(index, check)
            }
            return report
        }
    }
}
