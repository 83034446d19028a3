// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// A cursor over the parts of a bundle.
struct BundleReader {
    private let file: [UInt8]
    private var position = 0
    /// The part that comes next; `nil` at the end.
    private var next: (part: BundlePart, bytes: ArraySlice<UInt8>)?

    init(_ file: [UInt8], header: StaticString = "vigil-order-bundle/v1") throws(BundleFormatRefusal) {
        self.file = file
        guard let line = line(), line.isWord(header) else { throw .wrongHeader }
        try advance()
    }

    /// The next part of whatever kind; `nil` at the end.
    mutating func any() throws(BundleFormatRefusal) -> (part: BundlePart, bytes: [UInt8])? {
        guard let found = next else { return nil }
        try advance()
        return (found.part, Array(found.bytes))
    }

    func isNext(_ part: BundlePart) -> Bool { next?.part == part }

    mutating func maybe(_ part: BundlePart) throws(BundleFormatRefusal) -> [UInt8]? {
        guard let found = next, found.part == part else { return nil }
        try advance()
        return Array(found.bytes)
    }

    mutating func one(_ part: BundlePart) throws(BundleFormatRefusal) -> [UInt8] {
        guard let bytes = try maybe(part) else { throw .unexpectedPart }
        return bytes
    }

    mutating func all(_ part: BundlePart) throws(BundleFormatRefusal) -> [[UInt8]] {
        var found: [[UInt8]] = []
        while let bytes = try maybe(part) {
            guard found.count < OrderBundle.mostParts else { throw .unexpectedPart }
            found.append(bytes)
        }
        return found
    }

    func end() throws(BundleFormatRefusal) {
        guard next == nil else { throw .unexpectedPart }
        guard position == file.count else { throw .trailingBytes }
    }

    private mutating func line() -> ArraySlice<UInt8>? {
        // Headers are short: nothing long is searched for a newline.
        let end = min(file.count, position + 64)
        guard let newline = file[position..<end].firstIndex(of: .newline) else { return nil }
        defer { position = newline + 1 }
        return file[position..<newline]
    }

    private mutating func advance() throws(BundleFormatRefusal) {
        next = nil
        guard let line = line() else { throw .malformedHeader }
        if line.isWord("end") { return }
        let items = line.split(separator: .space, omittingEmptySubsequences: false)
        guard items.count == 3, items[0].isWord("part"), let part = BundlePart(parsing: items[1]),
            let number = Decimal.parse(items[2])
        else { throw .malformedHeader }
        guard let length = Int(exactly: number), length < file.count - position, file[position + length] == .newline
        else {
            throw .truncatedPart
        }
        next = (part, file[position..<position + length])
        position += length + 1
    }

    /// `start <index>`, then a `subtree <hash>` line for each bit of it.
    static func edge(_ bytes: [UInt8]) throws(BundleFormatRefusal) -> (UInt64, [TreeHash]) {
        var fields = FieldReader(bytes[...])
        guard let text = fields.take("start"), let start = Decimal.parse(text), start <= TreeHead.largestSize else {
            throw .malformedEdge
        }
        var subtrees: [TreeHash] = []
        while let text = fields.take("subtree") {
            guard let hash = TreeHash(hex: text), subtrees.count < 64 else { throw .malformedEdge }
            subtrees.append(hash)
        }
        guard fields.isAtEnd, subtrees.count == start.nonzeroBitCount else { throw .malformedEdge }
        return (start, subtrees)
    }

    /// As tiles have them (C2SP tlog-tiles, Log entries), as many as there are.
    static func entries(_ bytes: [UInt8]) throws(BundleFormatRefusal) -> [[UInt8]] {
        var reader = ByteReader(bytes)
        var entries: [[UInt8]] = []
        while !reader.isAtEnd {
            guard entries.count < OrderBundle.mostEntries, let length = reader.readUInt16(),
                let entry = reader.read(count: Int(length))
            else { throw .malformedEntries }
            entries.append(Array(entry))
        }
        return entries
    }
}
