// SPDX-License-Identifier: Apache-2.0

import Base

/// A signature line, of whoever and of whatever type (C2SP signed-note, Format). Says nothing until it is verified.
public struct NoteSignature: Hashable, Sendable {
    public let name: KeyName
    public let keyID: KeyID
    /// After the key id: at least a byte.
    public let signature: [UInt8]

    init(name: KeyName, keyID: KeyID, signature: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }

    /// A line without its newline: em dash, space, key name, space, base64 of key id and signature.
    init(line: ArraySlice<UInt8>) throws(NoteRefusal) {
        guard let rest = line.dropping("\u{2014} "), let space = rest.firstIndex(of: .space),
            let name = KeyName(rest[..<space]), let bytes = Base64.decode(rest[(space + 1)...])
        else { throw .malformedSignature }
        var reader = ByteReader(bytes)
        guard let id = reader.readUInt32(), !reader.isAtEnd else { throw .malformedSignature }
        self.init(name: name, keyID: KeyID(id), signature: Array(reader.rest))
    }

    /// With its newline.
    var line: [UInt8] {
        var line: [UInt8] = []
        line.append("\u{2014} ")
        line += name.bytes
        line.append(.space)
        line += Base64.encode(keyID.bytes + signature)
        line.append(.newline)
        return line
    }

    /// "The tuple of key name and key ID uniquely identifies the key" (Signatures).
    package func isFrom(_ key: VerifierKey) -> Bool { name == key.name && keyID == key.id }
}
