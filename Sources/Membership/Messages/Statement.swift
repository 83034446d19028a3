// SPDX-License-Identifier: Apache-2.0

public import Base
import MLS

/// What a member says of itself, signed with its leaf's key, so that others can pass it on to those who come later
/// without being able to change it.
public struct Statement: Hashable, Sendable, WireCodable {
    /// Bytes of UTF-8.
    public static let longestName = 256

    public let signatureKey: [UInt8]
    /// Rises with each statement of the same member; a lower one is old.
    public let version: UInt64
    public let name: [UInt8]
    public let flags: PersonFlags
    /// X25519, for what only this member shall read.
    public let directKey: [UInt8]
    private var signature: [UInt8] = []

    private init(signatureKey: [UInt8], version: UInt64, name: [UInt8], flags: PersonFlags, directKey: [UInt8]) {
        self.signatureKey = signatureKey
        self.version = version
        self.name = name
        self.flags = flags
        self.directKey = directKey
    }

    init<Crypto: CryptoProvider>(
        by signatureKey: SignatureKeyPair,
        version: UInt64,
        name: [UInt8],
        flags: PersonFlags,
        directKey: [UInt8],
        cardHash: [UInt8],
        _ suite: CryptoSuite<Crypto>
    ) throws(MLSRefusal) {
        self.init(
            signatureKey: signatureKey.publicKey,
            version: version,
            name: Statement.fitting(name),
            flags: flags,
            directKey: directKey
        )
        signature = try suite.signWithLabel(
            privateKey: signatureKey.privateKey,
            Statement.label,
            toBeSigned(cardHash)
        )
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        signatureKey = try reader.readOpaque()
        version = try UInt64(reading: &reader)
        name = try reader.readOpaque()
        guard name.count <= Statement.longestName else { throw .tooLarge }
        flags = PersonFlags(rawValue: try UInt8(reading: &reader))
        directKey = try reader.readOpaque()
        signature = try reader.readOpaque()
    }

    public func write(into writer: inout ByteWriter) {
        writeUnsigned(into: &writer)
        writer.writeOpaque(signature)
    }

    private func writeUnsigned(into writer: inout ByteWriter) {
        writer.writeOpaque(signatureKey)
        writer.write(version)
        writer.writeOpaque(name)
        writer.write(flags.rawValue)
        writer.writeOpaque(directKey)
    }

    /// No longer than a name may be, cut between two characters.
    static func fitting(_ name: [UInt8]) -> [UInt8] {
        guard name.count > longestName else { return name }
        var end = longestName
        while end > 0, name[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(name[..<end])
    }

    /// For one meeting: who takes it to another has nothing.
    private func toBeSigned(_ cardHash: [UInt8]) -> [UInt8] {
        var writer = ByteWriter(reserving: 512)
        writer.writeOpaque(cardHash)
        writeUnsigned(into: &writer)
        return writer.bytes
    }

    private static var label: SignatureLabel { .other("vigil statement") }

    func isValid<Crypto: CryptoProvider>(cardHash: [UInt8], _ suite: CryptoSuite<Crypto>) -> Bool {
        suite.verifyWithLabel(
            publicKey: signatureKey,
            Statement.label,
            toBeSigned(cardHash),
            signature: signature
        )
    }
}
