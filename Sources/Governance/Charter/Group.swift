// SPDX-License-Identifier: Apache-2.0

/// `group <name> <k> <member>…`: satisfied by k of its members.
public struct Group: Hashable, Sendable {
    public let name: Name
    /// `1 <= k <= n`.
    public let threshold: Int
    public let members: [GroupMember]

    public init(name: Name, threshold: Int, members: [GroupMember]) {
        self.name = name
        self.threshold = threshold
        self.members = members
    }
}
