// SPDX-License-Identifier: Apache-2.0

/// One visible character of at most 64 bytes: long enough for a family, too short for a speech.
public struct Reaction: Hashable, Sendable {
    public let emoji: String

    public init?(_ emoji: String) {
        guard emoji.utf8.count <= 64, emoji.count == 1, let character = emoji.first, !character.isWhitespace,
            !emoji.unicodeScalars.contains(where: PlainText.isInvisibleControl)
        else { return nil }
        self.emoji = emoji
    }
}
