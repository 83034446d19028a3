// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// What a node remembers of a component's last release entry, so that a start of the same version logs nothing and a start after a
/// crash logs the same entry again, byte for byte, rather than a second one.
public struct ReleaseNote: Hashable, Sendable {
    public let entry: LogEntry
    /// True once the entry was acknowledged.
    public let isLogged: Bool

    private static let logged = Array("logged\n".utf8)
    private static let submitted = Array("submitted\n".utf8)

    public init(_ entry: LogEntry, isLogged: Bool) {
        self.entry = entry
        self.isLogged = isLogged
    }

    /// `nil` for what isn't such a file.
    public init?(decoding bytes: [UInt8]) {
        let isLogged = bytes.starts(with: ReleaseNote.logged)
        guard isLogged || bytes.starts(with: ReleaseNote.submitted) else { return nil }
        let text = bytes.dropFirst((isLogged ? ReleaseNote.logged : ReleaseNote.submitted).count)
        guard let entry = try? LogEntry(parsing: Array(text)) else { return nil }
        self.init(entry, isLogged: isLogged)
    }

    public var encoded: [UInt8] { (isLogged ? ReleaseNote.logged : ReleaseNote.submitted) + entry.encoded }

    /// What to submit when a node starts with `release`; `nil` if it is logged already.
    public static func next(
        _ release: Release,
        after note: ReleaseNote?,
        at time: EntryTime
    ) throws(EntryRefusal) -> ReleaseNote? {
        if let note, Release(note.entry) == release { return note.isLogged ? nil : note }
        return ReleaseNote(try release.entry(at: time), isLogged: false)
    }
}
