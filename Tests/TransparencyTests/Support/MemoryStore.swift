// SPDX-License-Identifier: Apache-2.0

import Transparency

/// A log's store in memory, which breaks one write as it is told to.
struct MemoryStore {
    enum Breakage: CaseIterable {
        /// Not stored, and reported so.
        case lost
        /// Stored, but reported as failed.
        case storedButFailed
        /// The process dies before the write.
        case killedBefore
        /// The process dies after the write, before it hears of it.
        case killedAfter
        /// This write and the next seven don't find room.
        case diskFull
    }

    enum Outcome {
        case done
        case failed
        case killed
    }

    private(set) var files: [StoreKey: [UInt8]] = [:]
    /// Which write breaks, counted from 0 over all of them, and how.
    var breakages: [Int: Breakage] = [:]
    private(set) var writes = 0
    private var fullUntil = 0
    /// What went wrong with the store's own rules: immutable files that changed, checkpoints of one size that differ.
    private(set) var violations: [String] = []
    private var seen: [LogResource: [UInt8]] = [:]
    private var texts: [UInt64: [UInt8]] = [:]

    mutating func apply(_ write: StoreWrite) -> Outcome {
        defer { writes += 1 }
        if let breakage = breakages[writes] {
            switch breakage {
            case .lost: return .failed
            case .storedButFailed:
                _ = carryOut(write)
                return .failed
            case .killedBefore: return .killed
            case .killedAfter:
                _ = carryOut(write)
                return .killed
            case .diskFull: fullUntil = writes + 8
            }
        }
        if writes < fullUntil { return .failed }
        return carryOut(write)
    }

    private mutating func carryOut(_ write: StoreWrite) -> Outcome {
        switch write {
        case .put(let key, let bytes):
            if case .published(let resource) = key { check(resource, bytes) }
            files[key] = bytes
        case .replaceRecord(let expected, let bytes):
            guard files[.record] == expected else { return .failed }
            checkText(bytes)
            files[.record] = bytes
        case .removePartials(let resource):
            for case .published(let other) in files.keys where other.partialsPath == resource.partialsPath {
                if other != resource { files[.published(other)] = nil }
            }
        }
        return .done
    }

    private mutating func check(_ resource: LogResource, _ bytes: [UInt8]) {
        guard resource != .checkpoint else { return checkText(bytes) }
        if let before = seen[resource], before != bytes { violations.append("\(resource.path) changed") }
        seen[resource] = bytes
    }

    /// Never two different checkpoints of one size.
    mutating func checkText(_ bytes: [UInt8]) {
        guard let signed = try? SignedCheckpoint(parsing: bytes) else { return violations.append("no checkpoint") }
        let size = signed.checkpoint.head.size
        if let before = texts[size], before != signed.note.text { violations.append("two checkpoints of \(size)") }
        texts[size] = signed.note.text
    }

    /// A change by somebody else's hand.
    mutating func set(_ key: StoreKey, _ bytes: [UInt8]?) { files[key] = bytes }

    func file(_ resource: LogResource) -> [UInt8]? { files[.published(resource)] }
}
