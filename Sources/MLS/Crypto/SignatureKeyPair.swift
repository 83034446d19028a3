// SPDX-License-Identifier: Apache-2.0

public import Base

/// A signature key with its public half.
public struct SignatureKeyPair: Sendable {
    public let privateKey: Secret
    public let publicKey: [UInt8]

    public init(privateKey: Secret, publicKey: [UInt8]) {
        self.privateKey = privateKey
        self.publicKey = publicKey
    }
}
