// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import Transport

/// Which peer an address belongs to, and from which of the machine's own addresses it is answered.
///
/// Only addresses that passed an authentic connectivity check are in here, a bounded number per peer, so that strangers
/// can't make it grow. Open addressing with linear probing at a load of at most one half; the hash is keyed per process, so
/// that nobody can choose addresses that collide.
struct PeerTable {
    struct Entry {
        var address: TransportAddress
        var peer: PeerHandle
        var source: LocalAddress
    }

    private static let empty: Int32 = -1
    private static let minimumCapacity = 64

    private var entries: ContiguousArray<Entry>
    private var mask: Int
    private(set) var count = 0
    private let key: UInt64

    init(using randomness: inout some Randomness) {
        key = randomness.next() | 1
        mask = Self.minimumCapacity - 1
        entries = Self.blank(Self.minimumCapacity)
    }

    func find(_ address: TransportAddress) -> Entry? {
        var index = home(of: address)
        while entries[index].peer.index != Self.empty {
            if entries[index].address == address { return entries[index] }
            index = (index + 1) & mask
        }
        return nil
    }

    /// Adds the address or moves it to another peer.
    mutating func insert(_ address: TransportAddress, peer: PeerHandle, source: LocalAddress) {
        guard peer.index != Self.empty else { return }
        if (count + 1) * 2 > entries.count { grow() }
        var index = home(of: address)
        while entries[index].peer.index != Self.empty {
            if entries[index].address == address {
                entries[index].peer = peer
                entries[index].source = source
                return
            }
            index = (index + 1) & mask
        }
        entries[index] = Entry(address: address, peer: peer, source: source)
        count += 1
    }

    /// Removes the address if it still belongs to `peer`.
    mutating func remove(_ address: TransportAddress, of peer: PeerHandle) {
        var index = home(of: address)
        while entries[index].peer.index != Self.empty, entries[index].address != address { index = (index + 1) & mask }
        guard entries[index].peer == peer else { return }
        // Backward shift instead of tombstones: later entries of the cluster move up unless that passes their home.
        var hole = index
        var next = (hole + 1) & mask
        while entries[next].peer.index != Self.empty {
            let distance = (next - home(of: entries[next].address)) & mask
            if distance >= (next - hole) & mask {
                entries[hole] = entries[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        entries[hole].peer = PeerHandle(index: Self.empty)
        count -= 1
    }

    private mutating func grow() {
        let old = entries
        entries = Self.blank(old.count * 2)
        mask = entries.count - 1
        count = 0
        for entry in old where entry.peer.index != Self.empty {
            insert(entry.address, peer: entry.peer, source: entry.source)
        }
    }

    private func home(of address: TransportAddress) -> Int {
        let tail = UInt64(address.port) << 32 | UInt64(address.connection)
        let first = (address.high ^ key).multipliedFullWidth(by: address.low ^ 0x9E37_79B9_7F4A_7C15)
        let second = (first.high ^ first.low ^ key).multipliedFullWidth(by: tail ^ 0xE703_7ED1_A0B4_28DB)
        return Int(truncatingIfNeeded: second.high ^ second.low) & mask
    }

    private static func blank(_ capacity: Int) -> ContiguousArray<Entry> {
        let nobody = Entry(
            address: TransportAddress(high: 0, low: 0, port: 0),
            peer: PeerHandle(index: empty),
            source: .any
        )
        return ContiguousArray(repeating: nobody, count: capacity)
    }
}
