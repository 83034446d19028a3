// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport
import Testing

@testable import Transparency

@Suite("Entries with their proofs, out of files")
struct EntriesPlanTests {
    private let harness: LogHarness
    private let head: TreeHead
    private let sound: [[UInt8]]

    init() throws {
        harness = try LogHarness { $0.mostEntries = 100 }
        for number in 0..<600 { harness.submit(try Entries.incident(number)) }
        try harness.settle()
        head = try SignedCheckpoint(parsing: harness.published()).checkpoint.head
        sound = try harness.entries()
    }

    private func files(_ plan: EntriesPlan, _ change: (LogResource, [UInt8]?) -> [UInt8]? = { $1 }) -> [[UInt8]?] {
        plan.resources.map { change($0, harness.store.file($0)) }
    }

    @Test("one, across a bundle's end, the last ones: each with a proof that others can check")
    func proved() throws {
        for range in [0..<1, 250..<260, 599..<600, 511..<513, 0..<600] as [Range<UInt64>] {
            let plan = try EntriesPlan(range, in: head)
            let entries = try plan.entries(from: files(plan), with: NativeCrypto.self)
            #expect(entries.map(\.index) == Array(range))
            #expect(entries.map(\.bytes) == Array(sound[Int(range.lowerBound)..<Int(range.upperBound)]))
            for entry in entries {
                try entry.proof.verify(leaf: entry.leaf, in: head, with: NativeCrypto.self)
                #expect(entry.leaf == MerkleTree<NativeCrypto>.leafHash(entry.bytes))
            }
        }
    }

    @Test("a log that has grown: full files stand in for the partial ones of then")
    func grown() throws {
        for number in 600..<900 { harness.submit(try Entries.incident(number)) }
        try harness.settle()
        let plan = try EntriesPlan(590..<600, in: head)
        #expect(plan.resources.contains { harness.store.file($0) == nil })
        let entries = try plan.entries(from: files(plan), with: NativeCrypto.self)
        #expect(entries.map(\.bytes) == Array(sound[590..<600]))
    }

    @Test("ranges that no tree has, or that ask for too much")
    func ranges() throws {
        for range in [0..<0, 599..<601, 700..<701] as [Range<UInt64>] {
            #expect(throws: MerkleRefusal.indexOutsideTree) { try EntriesPlan(range, in: head) }
        }
        let large = TreeHead(size: 1 << 40, root: head.root)
        #expect(try EntriesPlan(0..<EntriesPlan.mostEntries, in: large).range.count == 1_024)
        #expect(throws: MerkleRefusal.indexOutsideTree) { try EntriesPlan(0..<EntriesPlan.mostEntries + 1, in: large) }
        #expect(throws: MerkleRefusal.treeTooLarge) {
            try EntriesPlan(0..<1, in: TreeHead(size: .max, root: head.root))
        }
    }

    @Test("a changed entry, a changed tile, a damaged file, a missing one, fewer files: each by its name")
    func refused() throws {
        let plan = try EntriesPlan(300..<302, in: head)
        func refusal(_ change: (LogResource, [UInt8]?) -> [UInt8]?) -> EntriesRefusal? {
            do throws(EntriesRefusal) {
                _ = try plan.entries(from: files(plan, change), with: NativeCrypto.self)
                return nil
            } catch {
                return error
            }
        }
        let bundle = try #require(TileMath.bundle(of: 300, size: head.size))
        func isBundle(_ resource: LogResource) -> Bool { resource == .entries(bundle) }
        #expect(
            refusal { resource, bytes in
                guard isBundle(resource), var entries = try? EntryBundle.decode(bytes ?? [], width: 256) else {
                    return bytes
                }
                entries[45][entries[45].count - 2] ^= 1
                return try? EntryBundle.encode(entries)
            } == .notInTree(301, .rootMismatch)
        )
        #expect(
            refusal { resource, bytes in
                guard case .tile(let tile) = resource, tile.level == 0, tile.index == 1, var bytes else { return bytes }
                bytes[45 * 32] ^= 1
                return bytes
            } == .notInTree(300, .rootMismatch)
        )
        #expect(
            refusal { isBundle($0) ? $1.map { Array($0.dropLast()) } : $1 }
                == .damaged(.entries(bundle), .truncatedEntry)
        )
        #expect(refusal { isBundle($0) ? nil : $1 } == .missing(.entries(bundle)))
        let first = plan.resources.compactMap { if case .tile(let tile) = $0 { tile } else { nil } }[0]
        #expect(
            refusal { $0 == .tile(first) ? Array(($1 ?? []).dropLast()) : $1 } == .damaged(.tile(first), .wrongLength)
        )
        #expect(throws: EntriesRefusal.missing(.entries(bundle))) {
            try plan.entries(from: [], with: NativeCrypto.self)
        }
    }
}
