// SPDX-License-Identifier: Apache-2.0

import Glibc
import LogKeeping
import NIOConcurrencyHelpers
import TestSupport

/// A disk that loses power between two calls, or fails one.
///
/// What it forgets then is what POSIX lets it forget: the names that changed in a folder since the folder was synced, each or
/// not, as chance has it.
final class FaultyDisk: DiskCalls {
    enum Fault: CaseIterable {
        /// Nothing happens, and it is said so.
        case fails
        /// It happens, but is reported as failed.
        case doneButFails
        /// No room from here on, for twelve calls.
        case full
        /// The process dies before the call; the kernel lives on.
        case killedBefore
        case killedAfter
        /// The power goes before the call.
        case powerCutBefore
        /// The power goes after the call, in the middle of it for a write.
        case powerCutAfter
    }

    private enum Change {
        case file(String, [UInt8])
        case gone(String)
        case folder(String)
        case folderGone(String)

        var path: String {
            switch self {
            case .file(let path, _), .gone(let path), .folder(let path), .folderGone(let path): path
            }
        }
    }

    private struct Image {
        var files: [String: [UInt8]] = [:]
        var folders: Set<String> = []

        mutating func apply(_ change: Change) {
            switch change {
            case .file(let path, let bytes): files[path] = bytes
            case .gone(let path): files[path] = nil
            case .folder(let path): folders.insert(path)
            case .folderGone(let path): folders.remove(path)
            }
        }
    }

    private struct State {
        /// What the kernel shows.
        var shown = Image()
        /// What would survive a power cut whatever happens.
        var durable = Image()
        /// Changes of names that may survive it.
        var pending: [Change] = []
        var faults: [Int: Fault] = [:]
        var calls = 0
        var fullUntil = 0
        var isDead = false
        var isPowerGone = false
        var randomness = SeededRandomness(seed: 0)
        /// A disk that says it has synced a folder, and hasn't.
        var liesAboutFolders = false
    }

    private let state = NIOLockedValueBox(State())

    /// - Parameter root: a folder that is there from the beginning.
    init(root: String, seed: UInt64 = 0) {
        state.withLockedValue {
            $0.shown.folders.insert(root)
            $0.durable.folders.insert(root)
            $0.randomness = SeededRandomness(seed: seed)
        }
    }

    /// Calls that change something, so far.
    var calls: Int { state.withLockedValue { $0.calls } }
    /// The process that used the disk is dead.
    var isDead: Bool { state.withLockedValue { $0.isDead } }

    func lieAboutFolders() { state.withLockedValue { $0.liesAboutFolders = true } }

    /// - Parameter place: counted in calls from now on.
    func breakCall(_ place: Int, _ fault: Fault) { state.withLockedValue { $0.faults[$0.calls + place] = fault } }

    /// Another process begins; after a power cut on what is left.
    func restart() {
        state.withLockedValue { state in
            state.isDead = false
            state.faults = [:]
            state.fullUntil = 0
            guard state.isPowerGone else { return }
            state.isPowerGone = false
            for change in state.pending where Bool.random(using: &state.randomness) { state.durable.apply(change) }
            state.pending = []
            // Without its folder's name a file can't be found, nor a folder.
            var kept = Image()
            for folder in state.durable.folders.sorted(by: { $0.count < $1.count }) {
                let parent = FaultyDisk.parent(folder)
                if !parent.contains("/") || kept.folders.contains(parent) { kept.folders.insert(folder) }
            }
            kept.files = state.durable.files.filter { kept.folders.contains(FaultyDisk.parent($0.key)) }
            state.durable = kept
            state.shown = kept
        }
    }

    private static func parent(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// One call that changes something.
    private func change(
        _ call: DiskFault.Call,
        _ path: String,
        torn: Change? = nil,
        _ body: (inout State) -> Bool
    ) throws(DiskFault) {
        let isDone = state.withLockedValue { state -> Bool in
            guard !state.isDead else { return false }
            defer { state.calls += 1 }
            let fault = state.faults[state.calls]
            if fault == .full { state.fullUntil = state.calls + 12 }
            if state.calls < state.fullUntil, call == .write || call == .makeFolder { return false }
            switch fault {
            case nil, .full: return body(&state)
            case .fails: return false
            case .doneButFails:
                _ = body(&state)
                return false
            case .killedBefore, .powerCutBefore:
                state.isDead = true
                state.isPowerGone = fault == .powerCutBefore
                return false
            case .killedAfter:
                _ = body(&state)
                state.isDead = true
                return false
            case .powerCutAfter:
                if let torn { state.pending.append(torn) } else { _ = body(&state) }
                state.isDead = true
                state.isPowerGone = true
                return false
            }
        }
        guard isDone else { throw DiskFault(call, path, code: ENOSPC) }
    }

    func read(_ path: String) throws(DiskFault) -> [UInt8]? {
        guard !isDead else { throw DiskFault(.read, path, code: EIO) }
        return state.withLockedValue { $0.shown.files[path] }
    }

    func write(_ bytes: [UInt8], to path: String, mode: UInt16) throws(DiskFault) {
        let torn = Change.file(path, Array(bytes.prefix(bytes.count / 2)))
        try change(.write, path, torn: torn) { state in
            guard state.shown.folders.contains(FaultyDisk.parent(path)) else { return false }
            state.shown.files[path] = bytes
            state.pending.append(.file(path, bytes))
            return true
        }
    }

    func rename(_ old: String, to new: String) throws(DiskFault) {
        try change(.rename, new) { state in
            guard let bytes = state.shown.files[old] else { return false }
            for change in [Change.file(new, bytes), .gone(old)] {
                state.shown.apply(change)
                state.pending.append(change)
            }
            return true
        }
    }

    func remove(_ path: String) throws(DiskFault) {
        try change(.remove, path) { state in
            state.shown.files[path] = nil
            state.pending.append(.gone(path))
            return true
        }
    }

    func makeFolder(_ path: String) throws(DiskFault) {
        try change(.makeFolder, path) { state in
            guard !state.shown.folders.contains(path) else { return true }
            guard state.shown.folders.contains(FaultyDisk.parent(path)) else { return false }
            state.shown.folders.insert(path)
            state.pending.append(.folder(path))
            return true
        }
    }

    func removeFolder(_ path: String) throws(DiskFault) {
        try change(.remove, path) { state in
            guard !state.shown.files.keys.contains(where: { FaultyDisk.parent($0) == path }) else { return false }
            state.shown.folders.remove(path)
            state.pending.append(.folderGone(path))
            return true
        }
    }

    func syncFolder(_ path: String) throws(DiskFault) {
        try change(.syncFolder, path) { state in
            guard state.shown.folders.contains(path) else { return false }
            guard !state.liesAboutFolders else { return true }
            for change in state.pending where FaultyDisk.parent(change.path) == path { state.durable.apply(change) }
            state.pending.removeAll { FaultyDisk.parent($0.path) == path }
            return true
        }
    }

    func names(in path: String) throws(DiskFault) -> [String] {
        guard !isDead else { throw DiskFault(.read, path, code: EIO) }
        return state.withLockedValue { state in
            state.shown.files.keys.filter { FaultyDisk.parent($0) == path }
                .map { String($0.dropFirst(path.count + 1)) }.sorted()
        }
    }
}
