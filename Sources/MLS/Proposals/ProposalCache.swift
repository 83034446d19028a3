// SPDX-License-Identifier: Apache-2.0

import Base

/// The proposals of this epoch, kept so that a commit can name them by hash (RFC 9420 §12.1).
package struct ProposalCache: Sendable {
    package struct Entry: Sendable {
        package var proposal: Proposal
        package var sender: Sender
    }

    /// References in the order they came.
    package private(set) var order: [[UInt8]] = []
    private var entries = SortedMap<[UInt8], Entry>()

    package var isEmpty: Bool { order.isEmpty }
    package var count: Int { order.count }

    package subscript(reference: [UInt8]) -> Entry? { entries[reference] }

    /// Refuses more than `limit`; the same one again changes nothing.
    package mutating func insert(_ entry: Entry, reference: [UInt8], limit: Int) throws(MLSRefusal) {
        guard entries[reference] == nil else { return }
        guard order.count < limit else { throw .tooManyProposals }
        entries[reference] = entry
        order.append(reference)
    }

    mutating func remove(_ reference: [UInt8]) {
        entries[reference] = nil
        order.removeAll { $0 == reference }
    }

    mutating func removeAll() {
        order = []
        entries = SortedMap()
    }
}
