// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

typealias Suite = CryptoSuite<Provider>

/// One entry of a file of MLS vectors.
protocol MLSVector: SendableMetatype {
    init(_ entry: VectorEntry) throws(VectorFailure)

    /// `nil` for formats without one.
    var suiteNumber: UInt16? { get }

    /// Says what doesn't agree; throws what was refused.
    func verify(_ check: VectorCheck) throws(MLSRefusal)
}

extension MLSVector {
    func suite() throws(MLSRefusal) -> Suite { try Suite(CipherSuite(rawValue: suiteNumber ?? 0)) }
}

extension Secret {
    var copied: [UInt8] { withBytes { Array($0) } }
}

extension Suite {
    /// A private key of a vector: some stacks write elliptic curve scalars without their leading zeros.
    func signatureKey(_ hex: HexBytes) -> Secret {
        switch signature {
        case .ed25519: Secret(hex.bytes)
        case .ecdsaP256SHA256: Suite.padded(hex.bytes, 32)
        case .ecdsaP384SHA384: Suite.padded(hex.bytes, 48)
        case .ecdsaP521SHA512: Suite.padded(hex.bytes, 66)
        }
    }

    func encryptionKey(_ hex: HexBytes) -> Secret {
        Suite.padded(hex.bytes, hpke.suite.kem.group.privateKeyLength)
    }

    private static func padded(_ bytes: [UInt8], _ length: Int) -> Secret {
        Secret([UInt8](repeating: 0, count: max(0, length - bytes.count)) + bytes)
    }
}
