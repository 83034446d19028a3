// SPDX-License-Identifier: Apache-2.0

/// What an action takes under a charter.
public struct ActionRule: Hashable, Sendable {
    public var quorum: GroupMember
    /// Among the seats that count: at least so many homes.
    public var jurisdictions: Int?
    /// At least so many organisations.
    public var organisations: Int?
    public var exclusions: [Exclusion]
    /// From the logged `approved` to the act, by witness time; for `charter`: from the logged version to its effect.
    public var timelock: Term?
    public var notice: NoticeRule?
    /// How long notice may be put off at most; `nil` for not at all.
    public var embargo: Term?
    public var effect: Effect?
    /// From an order's draft to its end.
    public var expiry: Term?

    init(quorum: GroupMember) {
        self.quorum = quorum
        exclusions = []
    }
}
