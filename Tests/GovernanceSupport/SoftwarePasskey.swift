// SPDX-License-Identifier: Apache-2.0

import Base
public import Governance
import NativeCrypto
import TestSupport

/// An ES256 authenticator and the browser around it, in software: says whatever a test wants it to say.
public struct SoftwarePasskey: Sendable {
    public let id: [UInt8]
    public let publicKey: [UInt8]
    private let privateKey: Secret
    public let rpID: String
    public let origin: String

    /// What an honest authenticator says: present, verified, bound to its device.
    public static let honest: UInt8 = 0x05

    public init(seed: UInt64, rpID: String = "approve.localhost", origin: String = "http://approve.localhost:8443")
        throws
    {
        var randomness = SeededRandomness(seed: seed)
        privateKey = try NativeCrypto.generateSignatureKey(.ecdsaP256SHA256, using: &randomness)
        publicKey = try NativeCrypto.publicKey(.ecdsaP256SHA256, of: privateKey)
        id = randomness.bytes(32)
        self.rpID = rpID
        self.origin = origin
    }

    public var credential: Credential {
        Credential(
            origin: Array(origin.utf8),
            rpID: Array(rpID.utf8),
            id: id,
            publicKey: publicKey,
            aaguid: [UInt8](repeating: 0xA7, count: 16)
        )
    }

    public func clientData(_ challenge: [UInt8]) -> String {
        """
        {"type":"webauthn.get","challenge":"\(Base64URL.encode(challenge))","origin":"\(origin)","crossOrigin":false,\
        "other_keys_can_be_added_here":"do not compare clientDataJSON against a template"}
        """
    }

    /// - Parameters:
    ///   - clientData: instead of what the browser would say.
    ///   - extra: after the counter, as extensions would be.
    public func assertion(
        over challenge: [UInt8],
        clientData: String? = nil,
        flags: UInt8 = honest,
        rpID: String? = nil,
        counter: UInt32 = 0,
        extra: [UInt8] = []
    ) throws -> Assertion {
        let json = Array((clientData ?? self.clientData(challenge)).utf8)
        var data = ByteWriter()
        data.write(NativeCrypto.hash(.sha256, Array((rpID ?? self.rpID).utf8)))
        data.write(flags)
        data.write(counter)
        data.write(extra)
        let message = data.bytes + NativeCrypto.hash(.sha256, json)
        return Assertion(
            credentialID: id,
            clientDataJSON: json,
            authenticatorData: data.bytes,
            signature: try NativeCrypto.sign(.ecdsaP256SHA256, privateKey: privateKey, message)
        )
    }

    public func sign<Content: Statement>(_ statement: Content) throws -> Signed<Content> {
        Signed(statement, try assertion(over: statement.challenge(with: NativeCrypto.self)))
    }
}
