// SPDX-License-Identifier: Apache-2.0

/// How often a field is in an entry of some type.
struct FieldRule {
    let field: EntryField
    let least: Int
    let most: Int

    static func one(_ field: EntryField) -> FieldRule { FieldRule(field: field, least: 1, most: 1) }
    static func maybe(_ field: EntryField) -> FieldRule { FieldRule(field: field, least: 0, most: 1) }
    static func many(_ field: EntryField) -> FieldRule { FieldRule(field: field, least: 1, most: 16) }
}
