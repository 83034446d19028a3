// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("Signed notes and checkpoints")
struct NoteTests {
    /// C2SP tlog-checkpoint's own example, whose key isn't given.
    private static let example = """
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        \u{2014} example.com/behind-the-sofa \
        Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=

        """

    @Test("a checkpoint is read and written byte for byte")
    func roundTrip() throws {
        let bytes = Array(Self.example.utf8)
        let signed = try SignedCheckpoint(parsing: bytes)
        #expect(signed.note.encoded == bytes)
        #expect(signed.checkpoint.origin.text == "example.com/behind-the-sofa")
        #expect(signed.checkpoint.head.size == 20_852_163)
        #expect(signed.checkpoint.text == signed.note.text)
    }

    @Test("what isn't a checkpoint is refused by the rule it breaks")
    func refusals() {
        let cases: [(String, String, CheckpointRefusal)] = [
            ("20852163", "020852163", .invalidSize), ("20852163", "-1", .invalidSize), ("20852163", "", .invalidSize),
            ("20852163", "9223372036854775808", .invalidSize), ("20852163", "18446744073709551616", .invalidSize),
            ("20852163", "+1", .invalidSize), ("CsUYapGG", "csUYapG", .invalidRoot),
            ("jxq2I=\n", "jxq2J=\n", .invalidRoot), ("jxq2I=\n", "jxq2I\n", .invalidRoot),
            ("jxq2I=\n", "jxq2I=\n\nextension\n", .emptyExtension),
            ("\n\n\u{2014}", "\n\u{2014}", .note(.noSignatures)), ("YQ8=\n", "YQ8=", .note(.malformedSignature)),
            ("\u{2014} ", "- ", .note(.malformedSignature)), ("YQ8=\n", "YQ9=\n", .note(.malformedSignature)),
            ("sofa Az", "sofa  Az", .note(.malformedSignature)), ("sofa Az", "so+fa Az", .note(.malformedSignature)),
            ("sofa Az", "so\u{00A0}fa Az", .note(.malformedSignature)), ("behind", "be\thind", .note(.invalidText)),
            ("YQ8=\n", "YQ8=\r\n", .note(.invalidText)),
        ]
        for (part, other, refusal) in cases {
            let text = Self.example.replacing(part, with: other)
            #expect(text != Self.example)
            #expect(throws: refusal) { try SignedCheckpoint(parsing: Array(text.utf8)) }
        }
        #expect(throws: CheckpointRefusal.note(.invalidText)) {
            try SignedCheckpoint(parsing: Array(Self.example.utf8) + [0xFF, 0x0A])
        }
        #expect(throws: CheckpointRefusal.note(.tooLong)) {
            try SignedCheckpoint(parsing: [UInt8](repeating: 0x0A, count: SignedNote.longest + 1))
        }
    }

    private func cosigned() throws -> (NoteSigner<NativeCrypto>, [UInt8]) {
        let log = try Keys.log()
        let harness = try LogHarness()
        try harness.settle()
        return (log, try harness.published())
    }

    @Test("a known key's wrong signature refuses the note; an unknown key's is ignored")
    func signatures() throws {
        let (log, bytes) = try cosigned()
        let signed = try SignedCheckpoint(parsing: bytes)
        let known = try #require(KnownLog(key: log.key))
        _ = try VerifiedCheckpoint(signed, by: known, with: NativeCrypto.self)
        // Somebody else's key under the same name.
        let other = try Keys.log(seed: 99)
        let stranger = try #require(KnownLog(key: other.key))
        #expect(throws: CheckpointRefusal.note(.noKnownSignature)) {
            try VerifiedCheckpoint(signed, by: stranger, with: NativeCrypto.self)
        }
        // A flipped bit in the signature: the name and id are still ours.
        let line = try #require(String(decoding: bytes, as: UTF8.self).split(separator: "\n").last)
        let raw = try #require(Base64.decode(Array(line.split(separator: " ")[2].utf8)))
        let flipped = Base64.encode(raw.dropLast() + [raw[raw.count - 1] ^ 1])
        let wrong = "\u{2014} example.com/log \(String(decoding: flipped, as: UTF8.self))\n"
        for text in [signed.note.text + [0x0A] + Array(wrong.utf8), bytes + Array(wrong.utf8)] {
            #expect(throws: CheckpointRefusal.note(.wrongSignature(log.key.name))) {
                try VerifiedCheckpoint(parsing: text, by: known, with: NativeCrypto.self)
            }
        }
        // Eight unknown ones before and after do no harm.
        let unknown = Array("\u{2014} somebody AAAAAAE=\n".utf8)
        let many =
            signed.note.text + [0x0A] + Array(repeatElement(unknown, count: 8).joined())
            + Array((line + "\n").utf8) + Array(repeatElement(unknown, count: 8).joined())
        _ = try VerifiedCheckpoint(parsing: many, by: known, with: NativeCrypto.self)
    }

    @Test("verifier keys are refused by the rule they break")
    func keys() throws {
        let text = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
        #expect(try VerifierKey(parsing: text.utf8, with: NativeCrypto.self).text == text)
        let cases: [(String, KeyRefusal)] = [
            ("", .malformed), ("example.com/foo+530d903a", .malformed),
            ("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .invalidName),
            ("a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .invalidName),
            ("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformed),
            ("example.com/foo+0530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformed),
            ("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .wrongID),
            ("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .wrongID),
            ("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .unsupportedType(2)),
            ("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=", .wrongKeyLength),
            ("example.com/foo+530d903a+AQ==", .wrongKeyLength), ("example.com/foo+530d903a+", .malformed),
        ]
        for (text, refusal) in cases {
            #expect(throws: refusal, "\(text)") { try VerifierKey(parsing: text.utf8, with: NativeCrypto.self) }
        }
        // The same letters to Swift's strings, other letters to a log.
        #expect("é" == "e\u{301}")
        #expect(KeyName("é".utf8) != KeyName("e\u{301}".utf8))
    }
}
