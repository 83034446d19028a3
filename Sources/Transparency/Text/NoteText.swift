// SPDX-License-Identifier: Apache-2.0

/// What C2SP signed-note says about characters.
enum NoteText {
    /// "Signed notes MUST be valid UTF-8 and MUST NOT contain any ASCII control characters (those below U+0020) other than
    /// newline" (signed-note, Format).
    static func isSound(_ bytes: ArraySlice<UInt8>) -> Bool {
        for byte in bytes where byte < 0x20 && byte != .newline { return false }
        return String(validating: bytes, as: UTF8.self) != nil
    }

    /// "Key names MUST be non-empty and MUST NOT contain any Unicode spaces or plus (U+002B) characters" (signed-note,
    /// Format). Spaces are the scalars with the property White_Space, listed because Embedded Swift has no table of them.
    static func isKeyName(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard !bytes.isEmpty, isSound(bytes), let text = String(validating: bytes, as: UTF8.self) else { return false }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x2B, 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
                return false
            default:
                continue
            }
        }
        return true
    }
}
