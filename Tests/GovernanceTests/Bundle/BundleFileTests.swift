// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("Bundles as files")
struct BundleFileTests {
    private let story: Story
    private let file: [UInt8]

    init() throws {
        story = try Story.complete(.eject)
        file = try #require(story.bundle().encoded)
    }

    private func part(_ kind: String, _ bytes: [UInt8]) -> [UInt8] {
        Array("part \(kind) \(bytes.count)\n".utf8) + bytes + [0x0A]
    }

    /// Kinds and contents, to be put together in other ways.
    private func parts() -> [(String, [UInt8])] {
        var found: [(String, [UInt8])] = []
        var rest = file.dropFirst("vigil-order-bundle/v1\n".utf8.count)
        while let newline = rest.firstIndex(of: 0x0A) {
            let header = String(decoding: rest[..<newline], as: UTF8.self).split(separator: " ")
            guard header.count == 3, let length = Int(header[2]) else { break }
            let start = newline + 1
            found.append((String(header[1]), Array(rest[start..<start + length])))
            rest = rest[(start + length + 1)...]
        }
        return found
    }

    private func file(_ parts: [(String, [UInt8])]) -> [UInt8] {
        Array("vigil-order-bundle/v1\n".utf8) + parts.flatMap { part($0.0, $0.1) } + Array("end\n".utf8)
    }

    private func expect(
        _ refusal: BundleFormatRefusal,
        _ bytes: [UInt8],
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: refusal, sourceLocation: location) { try OrderBundle(parsing: bytes) }
    }

    @Test("put together again it is the same file")
    func same() throws {
        #expect(file(parts()) == file)
        #expect(try OrderBundle(parsing: file).encoded == file)
    }

    @Test("framing")
    func framing() {
        expect(.wrongHeader, [])
        expect(.wrongHeader, Array(file.dropFirst()))
        expect(.malformedHeader, Array("vigil-order-bundle/v1\n".utf8))
        expect(.malformedHeader, Array("vigil-order-bundle/v1\npart order\n".utf8))
        expect(.malformedHeader, Array("vigil-order-bundle/v1\npart order 01\na\n".utf8))
        expect(.malformedHeader, Array("vigil-order-bundle/v1\npart secret 1\na\n".utf8))
        expect(.malformedHeader, Array("vigil-order-bundle/v1\npart order 1\na\nfin\n".utf8))
        expect(.truncatedPart, Array("vigil-order-bundle/v1\npart order 2\na\n".utf8))
        expect(.truncatedPart, Array("vigil-order-bundle/v1\npart order 99999999999999999\na\n".utf8))
        expect(.truncatedPart, Array("vigil-order-bundle/v1\npart order 9\naaaaaaaaaaa\n".utf8))
        expect(.trailingBytes, file + [0x0A])
        for length in 0..<file.count where length.isMultiple(of: 61) {
            #expect(throws: BundleFormatRefusal.self) { try OrderBundle(parsing: Array(file.prefix(length))) }
        }
        expect(.tooLong, file + [UInt8](repeating: 0, count: OrderBundle.longest))
    }

    @Test("parts stand in one order, none missing, none twice")
    func order() {
        let parts = parts()
        for (number, part) in parts.enumerated() {
            var changed = parts
            if !["approval", "notice", "no-stop", "checkpoint"].contains(part.0) {
                changed.remove(at: number)
                expect(.unexpectedPart, file(changed))
                changed = parts
                changed.insert(part, at: number)
                expect(.unexpectedPart, file(changed))
            }
        }
        expect(.unexpectedPart, file(parts.reversed()))
        expect(.unexpectedPart, file(parts + [parts[0]]))
    }

    @Test("the edge and the entries")
    func contents() {
        func with(_ kind: String, _ bytes: [UInt8]) -> [UInt8] {
            file(parts().map { $0.0 == kind ? ($0.0, bytes) : $0 })
        }
        let hash = String(repeating: "ab", count: 32)
        for edge in [
            "", "start 05\n", "start 1\n", "start 0\nsubtree \(hash)\n", "start 1\nsubtree x\n", "begin 0\n",
            "start 18446744073709551615\n",
        ] {
            expect(.malformedEdge, with("edge", Array(edge.utf8)))
        }
        expect(.malformedEntries, with("entries", [0]))
        expect(.malformedEntries, with("entries", [0, 2, 1]))
        expect(.malformedEntries, with("entries", [UInt8](repeating: 0, count: 2 * OrderBundle.mostEntries + 2)))
    }

    @Test("noise is refused, not trapped on")
    func noise() throws {
        var randomness = SeededRandomness(seed: 79)
        for _ in 0..<500 {
            var changed = file
            let index = Int(randomness.next() % UInt64(changed.count))
            if randomness.next().isMultiple(of: 2) {
                changed.remove(at: index)
            } else {
                changed.insert(UInt8(truncatingIfNeeded: randomness.next()), at: index)
            }
            do {
                _ = try story.verify(OrderBundle(parsing: changed))
                Issue.record("accepted with byte \(index) changed")
            } catch is BundleFormatRefusal {} catch is PermitRefusal {}
        }
    }
}
