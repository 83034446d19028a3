// SPDX-License-Identifier: Apache-2.0

/// `witness <name> <vkey> [<url>]` (C2SP tlog-policy, Defining a witness).
public struct PolicyWitness: Hashable, Sendable {
    /// Opaque octets, without meaning outside of the file.
    public let name: [UInt8]
    public let key: VerifierKey
    /// Opaque octets; recommended is the witness's submission prefix.
    public let url: [UInt8]?
}
