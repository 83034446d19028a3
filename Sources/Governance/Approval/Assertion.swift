// SPDX-License-Identifier: Apache-2.0

import Base

/// A WebAuthn assertion as it came from the authenticator (WebAuthn L3 §5.2.2), unchecked.
public struct Assertion: Hashable, Sendable {
    public let credentialID: [UInt8]
    public let clientDataJSON: [UInt8]
    public let authenticatorData: [UInt8]
    /// ASN.1 DER (WebAuthn L3 §6.5.5).
    public let signature: [UInt8]

    public init(credentialID: [UInt8], clientDataJSON: [UInt8], authenticatorData: [UInt8], signature: [UInt8]) {
        self.credentialID = credentialID
        self.clientDataJSON = clientDataJSON
        self.authenticatorData = authenticatorData
        self.signature = signature
    }

    init(reading reader: inout StatementReader) throws(StatementRefusal) {
        let text = try reader.value(.credential)
        guard let id = Base64URL.decode(String(decoding: text, as: UTF8.self)) else {
            throw .invalidValue(.credential)
        }
        credentialID = id
        clientDataJSON = try reader.base64(.clientData)
        authenticatorData = try reader.base64(.authenticatorData)
        signature = try reader.base64(.signature)
    }

    var text: [UInt8] {
        var writer = TextWriter()
        writer.line(StatementLine.credential.word, Base64URL.letters(credentialID))
        writer.line(StatementLine.clientData.word, Base64.encode(clientDataJSON))
        writer.line(StatementLine.authenticatorData.word, Base64.encode(authenticatorData))
        writer.line(StatementLine.signature.word, Base64.encode(signature))
        return writer.bytes
    }
}
