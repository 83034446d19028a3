// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("Sealed documents")
struct SealedDocumentTests {
    private let caseID: CaseID
    private let seats: [HPKEKeyPair]
    private var randomness = SeededRandomness(seed: 5)

    init() throws {
        caseID = CaseID.random(using: &randomness)
        let hpke = HPKE<NativeCrypto>(HPKESuite(kem: .dhkemX25519SHA256, kdf: .sha256, aead: .aes256GCM))
        var seats: [HPKEKeyPair] = []
        for _ in 0..<3 { seats.append(try hpke.generateKeyPair(using: &randomness)) }
        self.seats = seats
    }

    private func seal(_ content: [UInt8], to seats: [HPKEKeyPair]? = nil) throws -> SealedDocument {
        var randomness = SystemRandomness()
        return try SealedDocument(
            sealing: content,
            to: (seats ?? self.seats).map(\.publicKey),
            of: caseID,
            randomness: &randomness,
            with: NativeCrypto.self
        )
    }

    @Test("open for each seat that they are sealed to, and for no other; lengths tell a power of two and no more")
    func roundTrip() throws {
        for count in [0, 1, 3_700, 3_800, 100_000] {
            let content = [UInt8](repeating: 0x61, count: count)
            let file = try seal(content, to: Array(seats[0..<2])).encoded
            #expect(file.count.nonzeroBitCount == 1 && file.count >= SealedDocument.shortest)
            #expect(file.count == SealedDocument.length(of: count, for: 2))
            let read = try SealedDocument(parsing: file)
            for seat in seats[0..<2] { #expect(try read.open(with: seat, of: caseID, NativeCrypto.self) == content) }
            #expect(throws: SealedDocumentRefusal.notForThisKey) {
                try read.open(with: seats[2], of: caseID, NativeCrypto.self)
            }
        }
        // Near the edge the next byte doubles the file.
        let fits = 4_096 - 16 - 1 - 2 * 112 - 4 - 16
        #expect(SealedDocument.length(of: fits, for: 2) == 4_096)
        #expect(SealedDocument.length(of: fits + 1, for: 2) == 8_192)
    }

    @Test("belong to one case, and every byte counts")
    func altered() throws {
        let file = try seal(Array("who asked for what".utf8)).encoded
        let other = try #require(CaseID([UInt8](repeating: 1, count: 16)))
        #expect(throws: SealedDocumentRefusal.sealBroken) {
            try SealedDocument(parsing: file).open(with: seats[0], of: other, NativeCrypto.self)
        }
        for place in 0..<file.count {
            var bytes = file
            bytes[place] ^= 1
            #expect(throws: SealedDocumentRefusal.self, "byte \(place)") {
                try SealedDocument(parsing: bytes).open(with: seats[0], of: caseID, NativeCrypto.self)
            }
        }
    }

    @Test("have at least one reader, none twice, keys that are keys, and no more content than fits")
    func refused() throws {
        #expect(throws: SealedDocumentRefusal.wrongRecipientCount) { try seal([], to: []) }
        #expect(throws: SealedDocumentRefusal.recipientTwice) { try seal([], to: [seats[0], seats[0]]) }
        let point = HPKEKeyPair(privateKey: Secret([]), publicKey: [UInt8](repeating: 0, count: 32))
        #expect(throws: SealedDocumentRefusal.invalidKey) { try seal([], to: [point]) }
        #expect(throws: SealedDocumentRefusal.tooLong) {
            try seal([UInt8](repeating: 0, count: SealedDocument.longest))
        }
        let file = try seal([]).encoded
        #expect(throws: SealedDocumentRefusal.wrongLength) { try SealedDocument(parsing: file + [0]) }
        #expect(throws: SealedDocumentRefusal.wrongLength) { try SealedDocument(parsing: Array(file.prefix(2_048))) }
        var none = file
        none[16] = 0
        #expect(throws: SealedDocumentRefusal.wrongRecipientCount) { try SealedDocument(parsing: none) }
    }
}
