// SPDX-License-Identifier: Apache-2.0

import Base

/// Entries that wait for a batch, who waits for them, and where the last ones went.
///
/// An entry submitted twice while it waits, is in a batch, or is remembered, goes in once.
struct EntryPool: Sendable {
    struct Waiting: Sendable {
        let leaf: TreeHash
        let entry: [UInt8]
        let since: Moment
    }

    private(set) var waiting: [Waiting] = []
    /// Of what waits and of what is in a batch.
    private var tickets: [TreeHash: [Ticket]] = [:]
    private var ticketCount = 0
    /// In the batch under way, whoever submitted them.
    private var underWay: Set<TreeHash> = []
    /// Entries of the batch under way that were found staged and are submitted again meanwhile: in the batch, and in no hands
    /// if it breaks off.
    private var joined: [Waiting] = []
    private var places: [TreeHash: UInt64] = [:]
    /// The remembered leaves from oldest to newest, as a ring.
    private var remembered: [TreeHash] = []
    private var oldest = 0
    private let mostWaiting: Int
    private let mostRemembered: Int

    init(_ configuration: SequencerConfiguration) {
        mostWaiting = configuration.mostWaiting
        mostRemembered = configuration.mostRemembered
    }

    enum Answer {
        case waits
        case known(UInt64)
        case busy
    }

    mutating func add(_ ticket: Ticket, _ entry: [UInt8], leaf: TreeHash, now: Moment) -> Answer {
        if let place = places[leaf] { return .known(place) }
        guard ticketCount < mostWaiting else { return .busy }
        ticketCount += 1
        if tickets[leaf] == nil {
            let entry = Waiting(leaf: leaf, entry: entry, since: now)
            if underWay.contains(leaf) { joined.append(entry) } else { waiting.append(entry) }
        }
        tickets[leaf, default: []].append(ticket)
        return .waits
    }

    /// The next batch's, oldest first.
    mutating func take(_ most: Int) -> [Waiting] {
        let taken = Array(waiting.prefix(most))
        waiting.removeFirst(taken.count)
        return taken
    }

    /// A batch that broke off: its entries come first again.
    mutating func putBack(_ taken: [Waiting]) {
        waiting.insert(contentsOf: taken + joined, at: 0)
        joined = []
        underWay = []
    }

    /// A batch of these begins.
    /// - Returns: those of its entries that waited, as they do when it was found staged.
    mutating func begin(_ leaves: [TreeHash]) -> [Waiting] {
        underWay = Set(leaves)
        return withdraw(leaves)
    }

    /// Entries of a batch that was found staged are in it, and wait no longer.
    mutating func withdraw(_ leaves: [TreeHash]) -> [Waiting] {
        let staged = Set(leaves)
        let withdrawn = waiting.filter { staged.contains($0.leaf) }
        if !withdrawn.isEmpty { waiting.removeAll { staged.contains($0.leaf) } }
        return withdrawn
    }

    /// Remembers where a batch's entries went, and gives the receipts of who waited for them.
    mutating func settle(_ leaves: [TreeHash], from first: UInt64) -> [Receipt] {
        var receipts: [Receipt] = []
        if !joined.isEmpty {
            let settled = Set(leaves)
            joined.removeAll { settled.contains($0.leaf) }
        }
        for (offset, leaf) in leaves.enumerated() {
            let index = first + UInt64(offset)
            underWay.remove(leaf)
            remember(leaf, index)
            for ticket in tickets.removeValue(forKey: leaf) ?? [] {
                ticketCount -= 1
                receipts.append(Receipt(ticket: ticket, index: index, leaf: leaf))
            }
        }
        return receipts
    }

    private mutating func remember(_ leaf: TreeHash, _ index: UInt64) {
        guard mostRemembered > 0, places.updateValue(index, forKey: leaf) == nil else { return }
        if remembered.count < mostRemembered {
            remembered.append(leaf)
        } else {
            places[remembered[oldest]] = nil
            remembered[oldest] = leaf
            oldest = (oldest + 1) % mostRemembered
        }
    }

    /// Everybody who waits, when nothing will come any more.
    mutating func dismiss() -> [Ticket] {
        let all = tickets.values.flatMap { $0 }.sorted { $0.number < $1.number }
        tickets = [:]
        ticketCount = 0
        waiting = []
        joined = []
        underWay = []
        return all
    }
}
