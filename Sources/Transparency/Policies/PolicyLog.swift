// SPDX-License-Identifier: Apache-2.0

/// `log <vkey> [<url>]` (C2SP tlog-policy, Defining a log).
public struct PolicyLog: Hashable, Sendable {
    public let key: VerifierKey
    /// The log that the key's name names.
    public let log: KnownLog
    /// Opaque octets; what for is the application's to say.
    public let url: [UInt8]?
}
