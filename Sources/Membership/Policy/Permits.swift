// SPDX-License-Identifier: Apache-2.0

import MLS

/// Verified orders that a removal may cite instead of a host's power. Orders come with governance; until they do there is
/// only ``none``, and nothing else can be made.
public struct Permits: Sendable {
    public static let none = Permits()

    private init() {}

    /// Whether an order allows to remove the holder of this leaf.
    func allowRemoval(of leaf: LeafNode, citing authenticatedData: [UInt8]) -> Bool { false }
}
