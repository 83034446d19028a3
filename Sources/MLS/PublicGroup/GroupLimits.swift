// SPDX-License-Identifier: Apache-2.0

/// Bounds on what a group keeps.
public struct GroupLimits: Hashable, Sendable {
    public var ratchets: RatchetLimits
    /// Past epochs whose application messages can still be opened.
    public var pastEpochs: Int
    /// Past epochs whose resumption PSK is kept (RFC 9420 §8.6).
    public var resumptionKeys: Int
    /// Proposals cached in one epoch, and proposals in one commit.
    public var proposals: Int

    public init(
        ratchets: RatchetLimits = RatchetLimits(),
        pastEpochs: Int = 2,
        resumptionKeys: Int = 8,
        proposals: Int = 4096
    ) {
        self.ratchets = ratchets
        self.pastEpochs = pastEpochs
        self.resumptionKeys = resumptionKeys
        self.proposals = proposals
    }
}
