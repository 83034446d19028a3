// SPDX-License-Identifier: Apache-2.0

/// A log and the keys that it may sign checkpoints with; more than one while keys change over.
public struct KnownLog: Hashable, Sendable {
    public let origin: LogOrigin
    public let keys: [VerifierKey]

    /// `nil` without a key, and for keys that aren't for signing notes.
    public init?(origin: LogOrigin, keys: [VerifierKey]) {
        guard !keys.isEmpty, keys.allSatisfy({ $0.type == .ed25519 }) else { return nil }
        self.origin = origin
        self.keys = keys
    }

    /// A log whose key's name is its origin ("The log's key name in its signature line SHOULD match the origin line",
    /// C2SP tlog-checkpoint; "MUST correspond", tlog-policy).
    public init?(key: VerifierKey) {
        guard let origin = LogOrigin(key.name.bytes) else { return nil }
        self.init(origin: origin, keys: [key])
    }
}
