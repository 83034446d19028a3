// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import PortableCrypto

/// HPKE with the ephemeral key's input given, as vectors and MLS's deterministic parts need it.
enum HPKEOperations {
    static func deriveKeyPair(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let hpke = try suite(&fields)
        let input = try fields.secret()
        try fields.end()
        let pair = try crypto { () throws(CryptoRefusal) in try hpke.deriveKeyPair(input) }
        var writer = ByteWriter(reserving: 128)
        writer.writeField(pair.privateKey)
        writer.writeField(pair.publicKey)
        return writer.bytes
    }

    /// Several messages and one export under one context.
    static func seal(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let hpke = try suite(&fields)
        let peer = try fields.bytes()
        let ephemeralInput = try fields.secret()
        let info = try fields.bytes()
        let psk = try fields.secret()
        let pskID = try fields.bytes()
        var (encapsulation, context) = try crypto { () throws(CryptoRefusal) in
            let ephemeral = try hpke.deriveKeyPair(ephemeralInput)
            return try hpke.setUpSender(to: peer, info: info, psk: psk, pskID: pskID, ephemeral: ephemeral)
        }
        var writer = ByteWriter(reserving: 256)
        writer.writeField(encapsulation)
        let exportContext = try fields.bytes()
        let exportLength = Int(try fields.word16())
        writer.writeField(
            try crypto { () throws(CryptoRefusal) in
                try context.export(context: exportContext, length: exportLength)
            }
        )
        for _ in 0..<(try fields.word16()) {
            let additional = try fields.bytes()
            let message = try fields.bytes()
            writer.writeField(
                try crypto { () throws(CryptoRefusal) in try context.seal(message, additionalData: additional) }
            )
        }
        try fields.end()
        return writer.bytes
    }

    static func open(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let hpke = try suite(&fields)
        let key = try fields.secret()
        let encapsulation = try fields.bytes()
        let info = try fields.bytes()
        let psk = try fields.secret()
        let pskID = try fields.bytes()
        var context = try crypto { () throws(CryptoRefusal) in
            let pair = HPKEKeyPair(
                privateKey: key,
                publicKey: try PortableCrypto.publicKey(hpke.suite.kem.group, of: key)
            )
            return try hpke.setUpReceiver(
                encapsulation: encapsulation,
                keyPair: pair,
                info: info,
                psk: psk,
                pskID: pskID
            )
        }
        var writer = ByteWriter(reserving: 256)
        for _ in 0..<(try fields.word16()) {
            let additional = try fields.bytes()
            let message = try fields.bytes()
            writer.writeField(
                try crypto { () throws(CryptoRefusal) in try context.open(message, additionalData: additional) }
            )
        }
        try fields.end()
        return writer.bytes
    }

    private static func suite(_ fields: inout Fields) throws(CoreRefusal) -> HPKE<PortableCrypto> {
        guard let kem = HPKEKEM(identifier: try fields.word16()) else { throw .malformedCall }
        let kdf = try CryptoOperations.hashAlgorithm(&fields)
        return HPKE<PortableCrypto>(
            HPKESuite(kem: kem, kdf: kdf, aead: try CryptoOperations.aeadAlgorithm(&fields))
        )
    }
}
