// SPDX-License-Identifier: Apache-2.0

/// The id that the sender's client chose for a chat message: 1…36 printable ASCII characters, enough for a UUID.
public struct ChatMessageID: Hashable, Sendable {
    public let text: String

    public init?(_ text: String) {
        guard (1...36).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        self.text = text
    }
}
