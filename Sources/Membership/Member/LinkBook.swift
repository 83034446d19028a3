// SPDX-License-Identifier: Apache-2.0

import Base

/// The links to one meeting that a member knows: the current one lets in, older ones only knock.
struct LinkBook: Sendable {
    static let longest = 8

    private(set) var current: LinkKeys
    /// The policy's number of the current one, once known.
    var generation: UInt32?
    /// Newest first.
    private(set) var older: [LinkKeys] = []

    init(_ current: LinkKeys) {
        self.current = current
    }

    mutating func replace(by next: LinkKeys, generation: UInt32) {
        self.generation = generation
        guard next.alias != current.alias else { return }
        older.removeAll { $0.alias == next.alias }
        older.insert(current, at: 0)
        current = next
        if older.count > LinkBook.longest { older.removeLast(older.count - LinkBook.longest) }
    }

    /// One that only knocks.
    mutating func remember(_ link: LinkKeys) {
        guard older.count < LinkBook.longest, self[link.alias] == nil else { return }
        older.append(link)
    }

    subscript(alias: MeetingID) -> LinkKeys? {
        if current.alias == alias { return current }
        for link in older where link.alias == alias { return link }
        return nil
    }
}
