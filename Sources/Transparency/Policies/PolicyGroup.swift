// SPDX-License-Identifier: Apache-2.0

/// `group <name> all|any|<k> <name>...` (C2SP tlog-policy, Defining a witness group).
public struct PolicyGroup: Hashable, Sendable {
    public let name: [UInt8]
    /// `1 <= k <= n`.
    public let threshold: Int
    public let members: [PolicyMember]
}
