// SPDX-License-Identifier: Apache-2.0

/// `a=extmap` (RFC 8285 §8).
public struct ExtensionMapping: Hashable, Sendable {
    /// 1…255, 15 excepted; offers may also hold 4,096…4,351, which stand for "any" and are not kept.
    public var id: UInt8
    public var direction: MediaDirection?
    public var uri: String

    public init(id: UInt8, direction: MediaDirection? = nil, uri: String) {
        self.id = id
        self.direction = direction
        self.uri = uri
    }

    /// What the URI names, where Vigil knows it.
    public var kind: HeaderExtension? { HeaderExtension(uri: uri) }

    enum Reading {
        case mapping(ExtensionMapping)
        case unusable
        case malformed
    }

    static func read(_ value: Substring) -> Reading {
        let words = value.words
        guard words.count >= 2 else { return .malformed }
        let (number, directionText) = words[0].firstWord("/")
        var direction: MediaDirection?
        if !directionText.isEmpty {
            guard let known = MediaDirection(rawValue: String(directionText)) else { return .malformed }
            direction = known
        }
        guard let wide = UInt16(number) else { return .malformed }
        guard let id = UInt8(exactly: wide), id != 0, id != 15 else { return .unusable }
        return .mapping(ExtensionMapping(id: id, direction: direction, uri: String(words[1])))
    }

    var text: String { "\(id)\(direction.map { "/" + $0.rawValue } ?? "") \(uri)" }
}
