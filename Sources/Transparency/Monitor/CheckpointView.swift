// SPDX-License-Identifier: Apache-2.0

/// A checkpoint of the log that was seen somewhere else: at a witness, at another node, in a proof.
public struct CheckpointView: Hashable, Sendable {
    /// For findings.
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}
