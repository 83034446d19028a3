// SPDX-License-Identifier: Apache-2.0

import NIOPosix
public import Transparency

/// Logs what a node runs when that has changed since its last start.
public struct ReleaseLogger<Storage: LogStorage, Disk: DiskCalls>: Sendable {
    private let writer: LogWriter<Storage>
    private let folder: DurableFolder<Disk>

    /// - Parameter folder: where it remembers what it logged; the log's own.
    public init(_ writer: LogWriter<Storage>, remembering folder: DurableFolder<Disk>) {
        self.writer = writer
        self.folder = folder
    }

    /// Returns when the release is in the published log.
    ///
    /// - Returns: the entry's place; `nil` if it was logged before.
    public func log(_ release: Release, at time: EntryTime) async throws -> Receipt? {
        let name = "release-" + release.component.rawValue
        let before = try await NIOThreadPool.singleton.runIfActive { [folder] in try folder.read(name) }
        guard let note = try ReleaseNote.next(release, after: before.flatMap { ReleaseNote(decoding: $0) }, at: time)
        else {
            return nil
        }
        try await remember(note, name)
        let receipt = try await writer.submit(note.entry)
        try await remember(ReleaseNote(note.entry, isLogged: true), name)
        return receipt
    }

    private func remember(_ note: ReleaseNote, _ name: String) async throws {
        try await NIOThreadPool.singleton.runIfActive { [folder] in try folder.put([(name, note.encoded)]) }
    }
}
