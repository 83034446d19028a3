// SPDX-License-Identifier: Apache-2.0

/// Which logs and witnesses somebody trusts, and how many of them it takes (C2SP tlog-policy).
public struct TrustPolicy: Hashable, Sendable {
    /// "An implementation … may impose limits … strongly recommended that [it] supports at least up to 32 logs, 32 witnesses,
    /// and 32 groups" (Implementation limits).
    public static let mostOfAKind = 256
    /// The longest file.
    public static let longest = 262_144

    public let logs: [PolicyLog]
    public let witnesses: [PolicyWitness]
    public let groups: [PolicyGroup]
    public let quorum: PolicyQuorum

    init(logs: [PolicyLog], witnesses: [PolicyWitness], groups: [PolicyGroup], quorum: PolicyQuorum) {
        self.logs = logs
        self.witnesses = witnesses
        self.groups = groups
        self.quorum = quorum
    }

    /// True if the witnesses in `cosigned` are enough. Distinct witnesses have distinct keys, and every name counts in
    /// one group only, so that nobody counts twice.
    public func isSatisfied(by cosigned: Set<Int>) -> Bool {
        switch quorum {
        case .none: true
        case .of(let member): witnessed(by: member, cosigned)
        }
    }

    private func witnessed(by member: PolicyMember, _ cosigned: Set<Int>) -> Bool {
        switch member {
        case .witness(let index):
            return cosigned.contains(index)
        case .group(let index):
            // A group's members come before it in the file: this ends.
            let group = groups[index]
            let count = group.members.count { witnessed(by: $0, cosigned) }
            // A threshold of zero can't be written; if one came about all the same, it would mean no.
            return group.threshold > 0 && count >= group.threshold
        }
    }

    /// The latest time such that the cosignatures made then or later still satisfy the quorum; `nil` if there is none, or
    /// if the policy asks for no witness. A few witnesses with a wrong clock can't move it past the others'.
    public func quorumTime(_ cosignatures: [WitnessCosignature]) -> CosignatureTime? {
        guard case .of = quorum else { return nil }
        let newestFirst = cosignatures.sorted { $0.time > $1.time }
        var counted: Set<Int> = []
        for cosignature in newestFirst {
            counted.insert(cosignature.witness)
            if isSatisfied(by: counted) { return cosignature.time }
        }
        return nil
    }
}
