// SPDX-License-Identifier: Apache-2.0

/// The alias by which a node knows a meeting: 128 bits that the client derives from the link's secret.
///
/// The node can't go back from the alias to the secret. On the wire: 22 characters of unpadded base64url.
public struct MeetingID: Hashable, Sendable {
    public let text: String

    /// Exactly 22 characters of the base64url alphabet, or nothing.
    public init?(_ text: String) {
        let allowed = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard text.utf8.count == 22, allowed else { return nil }
        self.text = text
    }

    // By their bytes: comparing text otherwise takes Unicode's tables of equivalences, which browsers would have to load.
    public static func == (first: MeetingID, second: MeetingID) -> Bool {
        first.text.utf8.elementsEqual(second.text.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for letter in text.utf8 { hasher.combine(letter) }
    }
}

extension MeetingID: CustomStringConvertible {
    public var description: String { "meeting-" + text.prefix(4) }
}
