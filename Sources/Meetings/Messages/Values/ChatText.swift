// SPDX-License-Identifier: Apache-2.0

public import Base

/// What somebody writes to the others, without a printable form: 1…4,000 characters and at most 16,000 bytes.
///
/// Lines and tabs stay; other control characters are dropped.
public struct ChatText: Hashable, Sendable {
    public static let maximumCharacters = 4_000
    public static let maximumBytes = 16_000

    public let text: Redacted<String>

    public init?(_ text: String) {
        guard text.utf8.count <= Self.maximumBytes else { return nil }
        let kept = String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { scalar in
                    switch scalar.value {
                    case 0x09, 0x0A: true
                    case 0x00...0x1F, 0x7F...0x9F: false
                    default: true
                    }
                }
            )
        )
        guard !PlainText.trimmed(kept).isEmpty, kept.count <= Self.maximumCharacters else { return nil }
        self.text = Redacted(kept)
    }
}
