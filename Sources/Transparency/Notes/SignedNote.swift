// SPDX-License-Identifier: Apache-2.0

public import Base

/// A text with signatures that nobody has checked yet (C2SP signed-note).
///
/// "The text MUST be ignored unless the note is signed by a trusted key and the signature has been verified": that is
/// ``VerifiedCheckpoint``'s work. Reading and writing are each other's opposite, byte for byte.
public struct SignedNote: Hashable, Sendable {
    /// Sixteen signatures of the longest kind in use and a long text have room in it.
    public static let longest = 262_144
    /// "Verifiers … MUST accept at least up to 16 signatures" (Format). Every witness of the largest policy fits.
    public static let mostSignatures = 300

    /// Ends in a newline; without the blank line after it.
    public let text: [UInt8]
    /// At least one.
    public let signatures: [NoteSignature]

    init(text: [UInt8], signatures: [NoteSignature]) {
        self.text = text
        self.signatures = signatures
    }

    public init(parsing bytes: [UInt8]) throws(NoteRefusal) {
        guard bytes.count <= SignedNote.longest else { throw .tooLong }
        guard NoteText.isSound(bytes[...]) else { throw .invalidText }
        // "The text is separated from the signatures by the last empty line in the note."
        guard let split = SignedNote.lastEmptyLine(bytes) else { throw .noSignatures }
        text = Array(bytes[..<split])
        signatures = try SignedNote.signatures(parsing: bytes[(split + 1)...])
    }

    /// Signature lines alone: what a witness answers with (C2SP tlog-witness, add-checkpoint).
    static func signatures(parsing bytes: ArraySlice<UInt8>) throws(NoteRefusal) -> [NoteSignature] {
        guard bytes.count <= longest else { throw .tooLong }
        var lines = LineReader(bytes)
        var signatures: [NoteSignature] = []
        while !lines.isAtEnd {
            guard signatures.count < mostSignatures else { throw .tooManySignatures }
            guard let line = lines.next() else { throw .malformedSignature }
            signatures.append(try NoteSignature(line: line))
        }
        guard !signatures.isEmpty else { throw .noSignatures }
        return signatures
    }

    /// Where the last empty line's newline lies.
    private static func lastEmptyLine(_ bytes: [UInt8]) -> Int? {
        var index = bytes.count - 1
        while index > 0 {
            if bytes[index] == .newline, bytes[index - 1] == .newline { return index }
            index -= 1
        }
        return nil
    }

    public var encoded: [UInt8] {
        var bytes = text
        bytes.append(.newline)
        for signature in signatures { bytes += signature.line }
        return bytes
    }

    /// The same text with more signatures. Of two that are the same one stays.
    func adding(_ more: some Sequence<NoteSignature>) -> SignedNote {
        var signatures = signatures
        for signature in more where !signatures.contains(signature) { signatures.append(signature) }
        return SignedNote(text: text, signatures: signatures)
    }

    /// The keys among `keys` that signed the text, each once however many lines it has, in the order of `keys`.
    ///
    /// Signatures of other keys are ignored; a wrong one of a known key refuses the whole note (Signatures).
    public func verify<Crypto: CryptoProvider>(
        with keys: [VerifierKey],
        crypto: Crypto.Type
    ) throws(NoteRefusal) -> [VerifiedSignature] {
        var verified: [VerifiedSignature] = []
        for key in keys {
            var newest: VerifiedSignature?
            for signature in signatures where signature.isFrom(key) {
                guard let found = VerifiedSignature(signature, by: key, over: text, with: crypto) else {
                    throw .wrongSignature(key.name)
                }
                if newest.map({ ($0.time ?? .zero) < (found.time ?? .zero) }) ?? true { newest = found }
            }
            if let newest { verified.append(newest) }
        }
        guard !verified.isEmpty else { throw .noKnownSignature }
        return verified
    }
}
