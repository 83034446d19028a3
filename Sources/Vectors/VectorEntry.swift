// SPDX-License-Identifier: Apache-2.0

import Base

/// One JSON object of a vector file.
struct VectorEntry {
    private let object: JSONObject

    init(_ value: JSONValue, _ name: String) throws(VectorFailure) {
        guard let object = value.object else { throw VectorFailure("\(name) is no object") }
        self.object = object
    }

    /// A file of vectors is ours to trust as far as its size goes; its depth is the formats'.
    static func parse(_ file: [UInt8]) throws(VectorFailure) -> JSONValue {
        do throws(JSONRefusal) {
            return try JSONValue(parsing: file, limits: JSONLimits(size: .max, depth: 16, values: .max))
        } catch {
            throw VectorFailure("no JSON")
        }
    }

    func has(_ name: String) -> Bool { !(object[name] ?? .null).isNull }

    private func value(_ name: String) throws(VectorFailure) -> JSONValue {
        guard let value = object[name] else { throw VectorFailure("\(name) is missing") }
        return value
    }

    func text(_ name: String) throws(VectorFailure) -> String {
        guard let text = try value(name).string else { throw VectorFailure("\(name) is no text") }
        return text
    }

    func truth(_ name: String) throws(VectorFailure) -> Bool {
        guard let truth = try value(name).bool else { throw VectorFailure("\(name) is neither true nor false") }
        return truth
    }

    func base64(_ name: String) throws(VectorFailure) -> [UInt8] {
        try VectorEntry.base64(try value(name), name)
    }

    static func base64(_ value: JSONValue, _ name: String) throws(VectorFailure) -> [UInt8] {
        guard let text = value.string, let bytes = Base64.decode(Array(text.utf8)) else {
            throw VectorFailure("\(name) is no base64")
        }
        return bytes
    }

    func hex(_ name: String) throws(VectorFailure) -> HexBytes {
        try VectorEntry.hex(try value(name), name)
    }

    func optionalHex(_ name: String) throws(VectorFailure) -> HexBytes? {
        has(name) ? try hex(name) : nil
    }

    func number<Number: FixedWidthInteger>(_ name: String) throws(VectorFailure) -> Number {
        try VectorEntry.number(try value(name), name)
    }

    func entry(_ name: String) throws(VectorFailure) -> VectorEntry {
        try VectorEntry(try value(name), name)
    }

    func list<Element>(
        _ name: String,
        _ read: (JSONValue, String) throws(VectorFailure) -> Element
    ) throws(VectorFailure) -> [Element] {
        try VectorEntry.list(try value(name), name, read)
    }

    static func list<Element>(
        _ value: JSONValue,
        _ name: String,
        _ read: (JSONValue, String) throws(VectorFailure) -> Element
    ) throws(VectorFailure) -> [Element] {
        guard let values = value.array else { throw VectorFailure("\(name) is no list") }
        var elements: [Element] = []
        for value in values { elements.append(try read(value, name)) }
        return elements
    }

    func entries<Element>(
        _ name: String,
        _ read: (VectorEntry) throws(VectorFailure) -> Element
    ) throws(VectorFailure) -> [Element] {
        try VectorEntry.entries(try value(name), name, read)
    }

    static func entries<Element>(
        _ value: JSONValue,
        _ name: String,
        _ read: (VectorEntry) throws(VectorFailure) -> Element
    ) throws(VectorFailure) -> [Element] {
        try list(value, name) { (value, name) throws(VectorFailure) in try read(try VectorEntry(value, name)) }
    }

    static func hex(_ value: JSONValue, _ name: String) throws(VectorFailure) -> HexBytes {
        guard let text = value.string, let hex = HexBytes(text) else { throw VectorFailure("\(name) is no hex") }
        return hex
    }

    static func optionalHex(_ value: JSONValue, _ name: String) throws(VectorFailure) -> HexBytes? {
        value.isNull ? nil : try hex(value, name)
    }

    static func number<Number: FixedWidthInteger>(_ value: JSONValue, _ name: String) throws(VectorFailure) -> Number {
        var number: Number?
        if let integer = value.integer { number = Number(exactly: integer) }
        // Numbers of 64 bits without a sign.
        if case .decimal(let digits) = value, let integer = UInt64(digits) { number = Number(exactly: integer) }
        guard let number else { throw VectorFailure("\(name) is no number in its range") }
        return number
    }

    static func optionalNumber<Number: FixedWidthInteger>(
        _ value: JSONValue,
        _ name: String
    ) throws(VectorFailure) -> Number? {
        value.isNull ? nil : try number(value, name)
    }
}
