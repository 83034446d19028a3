// SPDX-License-Identifier: Apache-2.0

public import Base

/// The master key and salt of one direction.
public struct SRTPKeys: Sendable {
    public let masterKey: Secret
    public let masterSalt: Secret

    public init(masterKey: Secret, masterSalt: Secret) {
        self.masterKey = masterKey
        self.masterSalt = masterSalt
    }
}
