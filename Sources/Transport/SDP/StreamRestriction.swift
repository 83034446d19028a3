// SPDX-License-Identifier: Apache-2.0

/// `a=rid` (RFC 8851): names one encoding of a section. Restrictions on it are passed over.
public struct StreamRestriction: Hashable, Sendable {
    public enum Direction: String, Hashable, Sendable {
        case send
        case receive = "recv"
    }

    public var id: String
    public var direction: Direction

    public init(id: String, direction: Direction) {
        self.id = id
        self.direction = direction
    }

    init?(_ value: Substring) {
        let words = value.words
        guard words.count >= 2, SDPName.isRestrictionID(words[0]), let direction = Direction(rawValue: String(words[1]))
        else { return nil }
        id = String(words[0])
        self.direction = direction
    }

    var text: String { "\(id) \(direction.rawValue)" }
}
