// SPDX-License-Identifier: Apache-2.0

import Base

/// The links of a room: the current one, and older ones that only knock.
struct RoomLinks: Sendable {
    struct Link: Sendable {
        let alias: MeetingID
        /// Sealed under the link.
        let card: [UInt8]
    }

    private(set) var current: Link
    /// Oldest first.
    private(set) var older: [Link] = []

    init(_ link: Link) {
        current = link
    }

    var aliases: [MeetingID] { older.map(\.alias) + [current.alias] }

    func link(_ alias: MeetingID) -> Link? {
        current.alias == alias ? current : older.first { $0.alias == alias }
    }

    /// - Parameter maximum: of older links; beyond it the oldest ones lead nowhere.
    mutating func rotate(to link: Link, keeping maximum: Int) {
        older.append(current)
        if older.count > maximum { older.removeFirst(older.count - maximum) }
        current = link
    }
}
