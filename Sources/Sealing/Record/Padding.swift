// SPDX-License-Identifier: Apache-2.0

/// All fields are of one length before they are sealed, so that the length says nothing: two bytes that say how long the content is, the content,
/// zeros.
enum Padding {
    static let length = 512
    static let longestContent = length - 2

    static func add(to content: [UInt8]) -> [UInt8]? {
        guard content.count <= longestContent else { return nil }
        let header = [UInt8(truncatingIfNeeded: content.count >> 8), UInt8(truncatingIfNeeded: content.count)]
        return header + content + [UInt8](repeating: 0, count: longestContent - content.count)
    }

    static func remove(from padded: [UInt8]) -> [UInt8]? {
        guard padded.count == length else { return nil }
        let count = Int(padded[0]) << 8 | Int(padded[1])
        guard count <= longestContent, padded[(2 + count)...].allSatisfy({ $0 == 0 }) else { return nil }
        return Array(padded[2..<2 + count])
    }
}
