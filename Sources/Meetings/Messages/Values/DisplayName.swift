// SPDX-License-Identifier: Apache-2.0

public import Base

/// The name that a participant shows to the others, without a printable form.
///
/// 1…64 characters and at most 256 bytes after trimming. Control characters and those that turn the direction of
/// text around are dropped, so that a name can't dress up as another line or as part of the interface.
public struct DisplayName: Hashable, Sendable {
    public static let maximumCharacters = 64
    public static let maximumBytes = 256

    public let text: Redacted<String>

    public init?(_ text: String) {
        guard text.utf8.count <= 4 * Self.maximumBytes else { return nil }
        let kept = String(String.UnicodeScalarView(text.unicodeScalars.filter { !PlainText.isInvisibleControl($0) }))
        let trimmed = PlainText.trimmed(kept)
        guard !trimmed.isEmpty, trimmed.utf8.count <= Self.maximumBytes, trimmed.count <= Self.maximumCharacters else {
            return nil
        }
        self.text = Redacted(trimmed)
    }
}
