// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import PortableCrypto
import SFrame

/// SFrame without a ring: what its vectors need.
enum FrameOperations {
    static func header(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let header = SFrameHeader(keyID: try fields.word64(), counter: try fields.word64())
        try fields.end()
        return header.encoded
    }

    static func readHeader(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        var reader = ByteReader(try fields.bytes())
        try fields.end()
        let header = try sframe { () throws(SFrameRefusal) in try SFrameHeader(reading: &reader) }
        var writer = ByteWriter(reserving: 16)
        writer.write(header.keyID)
        writer.write(header.counter)
        return writer.bytes
    }

    static func seal(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let suite = try suite(&fields)
        let keyID = try fields.word64()
        let counter = try fields.word64()
        let baseKey = try fields.secret()
        let metadata = try fields.bytes()
        let plaintext = try fields.bytes()
        try fields.end()
        return try sframe { () throws(SFrameRefusal) in
            let key = try SFrameKey(deriving: suite, keyID: keyID, baseKey: baseKey, with: PortableCrypto.self)
            let plan = SealingPlan(key: key, counter: counter, metadata: metadata)
            return try plan.seal(plaintext, with: PortableCrypto.self)
        }
    }

    static func cipherSeal(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let suite = try suite(&fields)
        let call = try fields.sealing()
        return try sframe { () throws(SFrameRefusal) in
            try SFrameCipher<PortableCrypto>.seal(
                suite,
                key: call.key,
                nonce: call.nonce,
                plaintext: call.data,
                additionalData: call.additional
            )
        }
    }

    static func cipherOpen(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let suite = try suite(&fields)
        let call = try fields.sealing()
        return try sframe { () throws(SFrameRefusal) in
            try SFrameCipher<PortableCrypto>.open(
                suite,
                key: call.key,
                nonce: call.nonce,
                ciphertext: call.data,
                additionalData: call.additional
            )
        }
    }

    private static func suite(_ fields: inout Fields) throws(CoreRefusal) -> SFrameSuite {
        guard let suite = SFrameSuite(rawValue: try fields.word16()) else { throw .malformedCall }
        return suite
    }
}
