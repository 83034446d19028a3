// SPDX-License-Identifier: Apache-2.0

/// That an entry is in the published log, under a checkpoint that the witnesses have seen.
public struct Receipt: Hashable, Sendable {
    public let ticket: Ticket
    public let index: UInt64
    public let leaf: TreeHash
}
