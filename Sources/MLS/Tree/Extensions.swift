// SPDX-License-Identifier: Apache-2.0

public import Base

/// A list of extensions, at most one of a type (RFC 9420 §13.4): a second one makes the list unreadable.
public struct Extensions: Hashable, Sendable, WireCodable {
    public private(set) var all: [Extension]

    public static let none = Extensions(unchecked: [])

    /// Refuses a second extension of one type.
    public init(_ extensions: [Extension]) throws(WireRefusal) {
        all = extensions
        guard !hasDuplicates else { throw .duplicateEntry }
    }

    /// Few are compared with each other; for many, from a sender who may mean harm, there is a bit for each type.
    private var hasDuplicates: Bool {
        if all.count <= 16 {
            for (index, entry) in all.enumerated() {
                for earlier in all[..<index] where earlier.type == entry.type { return true }
            }
            return false
        }
        var seen: [UInt64] = Array(repeating: 0, count: 1024)
        for entry in all {
            let (word, bit) = (Int(entry.type.rawValue / 64), UInt64(1) << UInt64(entry.type.rawValue % 64))
            if seen[word] & bit != 0 { return true }
            seen[word] |= bit
        }
        return false
    }

    private init(unchecked: [Extension]) {
        all = unchecked
    }

    public subscript(type: ExtensionType) -> [UInt8]? {
        for entry in all where entry.type == type { return entry.data }
        return nil
    }

    /// The list with this extension added, or in the place of the one of its type.
    public func with(_ entry: Extension) -> Extensions {
        var copy = all
        if let index = copy.firstIndex(where: { $0.type == entry.type }) {
            copy[index] = entry
        } else {
            copy.append(entry)
        }
        return Extensions(unchecked: copy)
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        try self.init(try reader.readVector(of: Extension.self))
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeVector(all)
    }

    /// Decodes the extension of a known shape.
    func decoded<Value: WireDecodable>(_ type: ExtensionType, as _: Value.Type) throws(MLSRefusal) -> Value? {
        guard let data = self[type] else { return nil }
        do { return try Value(decoding: data) } catch { throw .malformed(error) }
    }
}
