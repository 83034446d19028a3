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

    mutating func fail(_ index: Int, _ reason: String) {
        failed += 1
        notes.append("FAILED \(index): \(reason)")
    }

    var line: String { "\(passed) passed, \(failed) failed, \(skipped) skipped" }
}
