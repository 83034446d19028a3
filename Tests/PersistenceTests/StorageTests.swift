// SPDX-License-Identifier: Apache-2.0

import Foundation
import Governance
import NativeCrypto
import Persistence
import TestSupport
import Testing
import Transparency

@Suite("What every storage does")
struct StorageTests {
    enum Kind: CaseIterable { case memory, sqlite }

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func open(_ kind: Kind) throws -> any Storage {
        switch kind {
        case .memory: MemoryStorage()
        case .sqlite: try SQLiteStorage(folder.path + "/storage.sqlite")
        }
    }

    private static func caseID(_ byte: UInt8) throws -> CaseID {
        try #require(CaseID([UInt8](repeating: byte, count: 16)))
    }

    private static func paper(_ text: String, _ caseID: CaseID) -> Paper {
        Paper(.step, of: caseID, hash: .of(document: Array(text.utf8), with: NativeCrypto.self), Array(text.utf8))
    }

    @Test(
        "papers, checkpoints, stops, entries on their way: kept in their order, once; a case's go with it",
        arguments: Kind.allCases
    )
    func rows(_ kind: Kind) throws {
        let storage = try open(kind)
        let (one, two) = (try StorageTests.caseID(1), try StorageTests.caseID(2))
        let papers = ["c", "a", "b"].map { StorageTests.paper($0, one) } + [StorageTests.paper("a", two)]
        try storage.papers.add(papers)
        try storage.papers.add([papers[1]])
        #expect(try storage.papers.all() == papers)
        try storage.papers.remove(one)
        #expect(try storage.papers.all() == [papers[3]])
        try storage.checkpoints.add([(one, [2]), (one, [1]), (two, [1])])
        try storage.checkpoints.add([(one, [1])])
        #expect(try storage.checkpoints.all().map { $0.bytes } == [[2], [1], [1]])
        try storage.checkpoints.remove(one)
        #expect(try storage.checkpoints.all().map { $0.caseID } == [two])
        try storage.stops.add([3])
        try storage.stops.add([1])
        try storage.stops.add([3])
        #expect(try storage.stops.all() == [[3], [1]])
        try storage.outbox.put([[9], [9], [1]])
        #expect(try storage.outbox.all() == [[9], [9], [1]])
        try storage.outbox.put([])
        #expect(try storage.outbox.all() == [])
    }

    @Test(
        "the last key of each seat; a charter's version with its approvals, replaced as a whole",
        arguments: Kind.allCases
    )
    func keysAndCharters(_ kind: Kind) throws {
        let storage = try open(kind)
        let (bob, alice) = (try #require(Name("bob")), try #require(Name("alice")))
        try storage.seatKeys.put([1], of: bob)
        try storage.seatKeys.put([2], of: alice)
        try storage.seatKeys.put([3], of: bob)
        #expect(try storage.seatKeys.all() == [[2], [3]])
        var version = CharterEvidence(charter: [1], logPolicy: [2], entry: [], proof: [], approvals: [[5], [4]])
        let hash = DocumentHash.of(document: [1], with: NativeCrypto.self)
        #expect(try storage.charters.version(hash) == nil)
        try storage.charters.put(version, hash: hash)
        #expect(try storage.charters.version(hash) == version)
        version.proof = [7]
        version.approvals = [[6]]
        try storage.charters.put(version, hash: hash)
        #expect(try storage.charters.version(hash) == version)
    }

    @Test("sealed documents: bounded for each case and seat, loose until a step names them", arguments: Kind.allCases)
    func documents(_ kind: Kind) throws {
        let storage = try open(kind)
        let (one, two) = (try StorageTests.caseID(1), try StorageTests.caseID(2))
        let (lee, cora) = (try #require(Name("lee")), try #require(Name("cora")))
        func document(_ byte: UInt8, _ caseID: CaseID, _ seat: Name, at seconds: UInt64 = 100) throws -> StoredDocument
        {
            StoredDocument(
                caseID: caseID,
                hash: .of(document: [byte], with: NativeCrypto.self),
                ciphertext: [byte],
                seat: seat,
                received: try #require(EntryTime(seconds: seconds))
            )
        }
        func add(_ document: StoredDocument) throws -> Bool {
            try storage.documents.add(document, mostOfCase: 3, mostLoose: 2)
        }
        #expect(try add(document(1, one, lee)) && add(document(2, two, lee)))
        // Two loose ones of one seat, in whichever case; what is there is there.
        #expect(try !add(document(3, one, lee)) && add(document(1, one, lee)))
        try storage.documents.name([document(1, one, lee).hash], of: one)
        #expect(try add(document(3, one, lee)) && add(document(4, one, cora)) && !add(document(5, one, cora)))
        #expect(try storage.documents.list(one).map { $0.length } == [1, 1, 1])
        #expect(try storage.documents.document(document(3, one, lee).hash, of: one) == [3])
        #expect(try storage.documents.document(document(3, one, lee).hash, of: two) == nil)
        try storage.documents.removeLoose(before: #require(EntryTime(seconds: 100)))
        #expect(try storage.documents.list(one).count == 3)
        try storage.documents.removeLoose(before: #require(EntryTime(seconds: 101)))
        #expect(try storage.documents.list(one).map { $0.hash } == [document(1, one, lee).hash])
        try storage.documents.remove(one)
        #expect(try storage.documents.list(one).isEmpty && storage.documents.list(two).isEmpty)
    }

    @Test("a file is there after it was closed, for nobody else to read, and what was deleted isn't in it any more")
    func file() throws {
        let path = folder.path + "/storage.sqlite"
        let one = try StorageTests.caseID(1)
        let canary = StorageTests.paper("canary-4711-canary", one)
        do {
            let storage = try SQLiteStorage(path)
            try storage.papers.add([canary])
        }
        let storage = try SQLiteStorage(path)
        #expect(try storage.papers.all() == [canary])
        #expect(try folder.permissions("storage.sqlite") == 0o600)
        try storage.papers.remove(one)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let bytes = try #require(FileManager.default.contents(atPath: folder.path + "/" + name))
            #expect(bytes.range(of: Data(canary.bytes)) == nil, "\(name)")
        }
    }

    @Test("what isn't a database of ours is refused, not overwritten")
    func foreign() throws {
        let path = folder.path + "/storage.sqlite"
        let foreign = Data("this is somebody's letter, long enough to be no SQLite header\n".utf8)
        try foreign.write(to: URL(fileURLWithPath: path))
        #expect(throws: StorageFault.self) { try SQLiteStorage(path) }
        #expect(FileManager.default.contents(atPath: path) == foreign)
    }
}
