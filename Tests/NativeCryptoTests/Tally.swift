// SPDX-License-Identifier: Apache-2.0

import Testing

/// Counts how a file of vectors came out, and says so when the file is through.
struct Tally {
    let file: String
    private(set) var passed = 0
    private(set) var failed: [Int] = []
    private(set) var outOfScope: [String: Int] = [:]

    init(_ file: String) {
        self.file = file
    }

    mutating func check(_ holds: Bool, _ number: Int) {
        if holds { passed += 1 } else { failed.append(number) }
    }

    mutating func skip(_ reason: String) {
        outOfScope[reason, default: 0] += 1
    }

    /// Fails the test if any vector failed.
    func finish(atLeast expected: Int, sourceLocation: SourceLocation = #_sourceLocation) {
        let skipped = outOfScope.values.reduce(0, +)
        let reasons = outOfScope.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let line = "\(file): \(passed) passed, \(failed.count) failed, \(skipped) out of scope"
        print(reasons.isEmpty ? line : "\(line) (\(reasons))")
        #expect(failed.isEmpty, "\(file): \(failed)", sourceLocation: sourceLocation)
        #expect(passed >= expected, sourceLocation: sourceLocation)
    }
}
