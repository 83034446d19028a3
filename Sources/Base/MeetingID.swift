// SPDX-License-Identifier: Apache-2.0

/// The alias by which a node knows a meeting: 128 bits that the client derives from the link's secret.
///
/// The node can't go back from the alias to the secret. On the wire: 22 characters of unpadded base64url.
public struct MeetingID: Hashable, Sendable {
    /// In ASCII: comparing and hashing text would take Unicode's tables along, which browsers would have to load.
    public let letters: [UInt8]

    /// Exactly 22 letters of the base64url alphabet, or nothing.
    public init?(letters: [UInt8]) {
        guard letters.count == 22 else { return nil }
        for letter in letters {
            switch letter {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                continue
            default: return nil
            }
        }
        self.letters = letters
    }

    public init?(_ text: String) {
        self.init(letters: Array(text.utf8))
    }

    public var text: String { String(decoding: letters, as: UTF8.self) }
}

extension MeetingID: CustomStringConvertible {
    public var description: String { "meeting-" + text.prefix(4) }
}
