// SPDX-License-Identifier: Apache-2.0

public import Base
public import MLS

/// What a member may do to others.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
    case guest = 0
    case cohost = 1
    case host = 2

    /// Whether they keep the door.
    public var isKeeper: Bool { self != .guest }

    /// A leaf's role under a policy.
    public init<Crypto: CryptoProvider>(_ leaf: LeafNode, under policy: MeetingPolicy, with crypto: Crypto.Type) {
        if let proof = HostProof(leaf), proof.isValid(for: leaf.signatureKey, under: policy, with: crypto) {
            self = .host
        } else if let id = ParticipantID(leaf), policy.cohosts.contains(id) {
            self = .cohost
        } else {
            self = .guest
        }
    }
}
