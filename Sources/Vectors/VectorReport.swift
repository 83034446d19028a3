// SPDX-License-Identifier: Apache-2.0

/// What came of one file.
struct VectorReport: Sendable {
    var passed = 0
    var failed = 0
    var skipped = 0
    /// One line per failure, and per reason to skip.
    var notes: [String] = []

    mutating func skip(_ index: Int, _ reason: String) {
        skipped += 1
        notes.append("skipped \(index): \(reason)")
    }

    mutating func add(_ index: Int, _ check: VectorCheck) {
        if check.failures.isEmpty {
            passed += 1
        } else {
            failed += 1
            notes.append("FAILED \(index): \(check.failures.joined(separator: ", "))")
        }
    }

    var line: String { "\(passed) passed, \(failed) failed, \(skipped) skipped" }
}
