// SPDX-License-Identifier: Apache-2.0

/// A checkpoint of the log that was seen somewhere else, at a witness, at another node, in a proof; or here, but before.
public struct CheckpointView: Hashable, Sendable {
    /// For findings.
    public let name: String
    public let bytes: [UInt8]
    /// This very log showed it before: it may not show less now.
    public let isEarlier: Bool

    public init(name: String, bytes: [UInt8], isEarlier: Bool = false) {
        self.name = name
        self.bytes = bytes
        self.isEarlier = isEarlier
    }
}
