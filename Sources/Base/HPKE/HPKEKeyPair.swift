// SPDX-License-Identifier: Apache-2.0

/// A key pair of a KEM.
public struct HPKEKeyPair: Sendable {
    public let privateKey: Secret
    public let publicKey: [UInt8]

    public init(privateKey: Secret, publicKey: [UInt8]) {
        self.privateKey = privateKey
        self.publicKey = publicKey
    }
}
