// SPDX-License-Identifier: Apache-2.0

import NIOConcurrencyHelpers

/// A folder whose files are replaced whole or not at all, and are on the disk when ``put(_:mode:)`` returns.
///
/// A new file beside the old one, synced; renamed over it; the folder synced. Without the last step a power cut can bring the
/// old name back. One process at a time may write (``FolderLock``): names of unfinished files are always the same ones, so that
/// nothing piles up after crashes.
public final class DurableFolder<Disk: DiskCalls>: Sendable {
    public let path: String
    private let disk: Disk
    /// Folders whose own names are known to be on the disk.
    private let settled: NIOLockedValueBox<Set<String>>

    /// - Parameter path: made on the first write, but its parent must exist.
    public init(_ path: String, on disk: Disk) {
        self.path = path
        self.disk = disk
        settled = NIOLockedValueBox([])
    }

    /// - Parameter name: relative, with slashes for folders.
    public func read(_ name: String) throws(DiskFault) -> [UInt8]? { try disk.read(absolute(name)) }

    /// Names in a folder below this one.
    public func names(in name: String) throws(DiskFault) -> [String] { try disk.names(in: absolute(name)) }

    /// All of these files, each whole; a failure may leave some of them new and some old. Synced together, since the disk
    /// takes a dozen files in hardly more time than one.
    public func put(_ files: [(name: String, bytes: [UInt8])], mode: UInt16 = 0o644) throws(DiskFault) {
        var folders: [String] = []
        var unfinished: [String] = []
        do throws(DiskFault) {
            for file in files {
                let folder = try settle(parent(of: file.name))
                if !folders.contains(folder) { folders.append(folder) }
                unfinished.append(temporary(file.name))
                try disk.write(file.bytes, to: temporary(file.name), mode: mode)
            }
            for file in files {
                try disk.rename(temporary(file.name), to: absolute(file.name))
                unfinished.removeFirst()
            }
            for folder in folders { try disk.syncFolder(folder) }
        } catch {
            // On a full disk the halves of files would hold the room that the next try needs.
            for name in unfinished { try? disk.remove(name) }
            throw error
        }
    }

    /// A folder's files, then the folder. Not synced: what comes back after a power cut only takes up space.
    public func removeFolder(_ name: String) throws(DiskFault) {
        let folder = absolute(name)
        settled.withLockedValue { _ = $0.remove(folder) }
        for file in try disk.names(in: folder) { try disk.remove(folder + "/" + file) }
        try disk.removeFolder(folder)
    }

    /// Makes a folder and those above it. Each parent is synced once in a process's life even if the folder was there, since
    /// an earlier process may have died between making and syncing.
    private func settle(_ folder: String) throws(DiskFault) -> String {
        if settled.withLockedValue({ $0.contains(folder) }) { return folder }
        if folder != path { _ = try settle(above(folder)) }
        try disk.makeFolder(folder)
        try disk.syncFolder(above(folder))
        settled.withLockedValue { _ = $0.insert(folder) }
        return folder
    }

    private func absolute(_ name: String) -> String { path + "/" + name }

    private func parent(of name: String) -> String { above(absolute(name)) }

    private func above(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private func temporary(_ name: String) -> String {
        let path = absolute(name)
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        return path[...slash] + "." + path[path.index(after: slash)...] + ".new"
    }
}
