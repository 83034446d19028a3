// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One line of a benchmark's result: named values in order, as text or as a JSON object.
struct Row {
    private var fields: [(name: String, value: String)] = []

    init(case name: String) {
        fields.append(("case", "\"\(name)\""))
    }

    mutating func set(_ name: String, _ value: Double?, decimals: Int = 2) {
        fields.append((name, value.map { String(format: "%.\(decimals)f", $0) } ?? "null"))
    }

    mutating func set(_ name: String, _ value: Int) {
        fields.append((name, String(value)))
    }

    func write(asJSON: Bool) {
        if asJSON {
            print("{" + fields.map { "\"\($0.name)\": \($0.value)" }.joined(separator: ", ") + "}")
        } else {
            print(fields.filter { $0.value != "null" }.map { "\($0.name)=\($0.value)" }.joined(separator: "  "))
        }
        fflush(nil)
    }
}
