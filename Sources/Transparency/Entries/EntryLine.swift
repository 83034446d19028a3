// SPDX-License-Identifier: Apache-2.0

/// A field and its value, which the field accepts.
struct EntryLine: Hashable, Sendable {
    let field: EntryField
    let value: [UInt8]

    /// With its newline.
    var text: [UInt8] {
        var text = field.bytes
        text.append(.space)
        text += value
        text.append(.newline)
        return text
    }
}
