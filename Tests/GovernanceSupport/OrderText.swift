// SPDX-License-Identifier: Apache-2.0

/// The lines of an order, to be spoiled one by one.
public struct OrderText {
    public var lines: [(key: String, value: String)]

    public init(_ lines: [(String, String)]) {
        self.lines = lines.map { (key: $0.0, value: $0.1) }
    }

    public init(_ text: [UInt8]) {
        lines = String(decoding: text, as: UTF8.self).split(separator: "\n").dropFirst().map { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }

    public subscript(key: String) -> String {
        get { lines.first { $0.key == key }?.value ?? "" }
        set { for index in lines.indices where lines[index].key == key { lines[index].value = newValue } }
    }

    public mutating func remove(_ key: String) { lines.removeAll { $0.key == key } }

    public mutating func insert(_ key: String, _ value: String, after other: String) {
        guard let index = lines.lastIndex(where: { $0.key == other }) else { return }
        lines.insert((key, value), at: index + 1)
    }

    public var bytes: [UInt8] {
        Array(("vigil-order/v1\n" + lines.map { "\($0.key) \($0.value)\n" }.joined()).utf8)
    }
}
