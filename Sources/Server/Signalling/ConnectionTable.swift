// SPDX-License-Identifier: Apache-2.0

/// Who may hold a connection. Values only: ``Connections`` carries out what it decides.
///
/// Connections that haven't joined a meeting are *waiting*. When too many wait, the one that waits longest makes room:
/// a person joins within a second of connecting, a flood of half-open connections just sits there. So a flood pushes out
/// itself, even where it comes from the same address as a person does.
struct ConnectionTable {
    /// A keyed hash of the remote address, see ``AddressHasher``.
    typealias Address = UInt64

    enum Admission: Equatable {
        case admitted(id: UInt64, evicting: UInt64?)
        case refused
    }

    private struct Entry {
        let address: Address
        var isWaiting: Bool
    }

    private let limits: ConnectionLimits
    private var nextID: UInt64 = 1
    private var entries: [UInt64: Entry] = [:]
    /// Ids in order of arrival. Some aren't waiting any more; they are skipped, and swept when they are the majority.
    private var line = WaitingLine()
    private var lines: [Address: WaitingLine] = [:]

    init(limits: ConnectionLimits) {
        self.limits = limits
    }

    var count: Int { entries.count }
    var waitingCount: Int { line.count }

    mutating func admit(_ address: Address) -> Admission {
        var evicted: UInt64?
        if let waiting = lines[address]?.count, waiting >= limits.waitingPerAddress {
            evicted = lines[address]?.oldest
        } else if line.count >= limits.waiting || entries.count >= limits.total {
            evicted = line.oldest
        }
        if let evicted { remove(evicted) }
        guard entries.count < limits.total else { return .refused }
        let id = nextID
        nextID += 1
        entries[id] = Entry(address: address, isWaiting: true)
        line.append(id)
        lines[address, default: WaitingLine()].append(id)
        return .admitted(id: id, evicting: evicted)
    }

    /// The connection has joined a meeting.
    mutating func promote(_ id: UInt64) {
        guard let entry = entries[id], entry.isWaiting else { return }
        entries[id]?.isWaiting = false
        leaveLine(id, entry.address)
    }

    mutating func remove(_ id: UInt64) {
        guard let entry = entries.removeValue(forKey: id) else { return }
        if entry.isWaiting { leaveLine(id, entry.address) }
    }

    private mutating func leaveLine(_ id: UInt64, _ address: Address) {
        line.remove(id)
        lines[address]?.remove(id)
        if lines[address]?.count == 0 { lines[address] = nil }
    }
}

/// Numbers in order of arrival, with removal anywhere. Each operation is cheap on average.
private struct WaitingLine {
    private var order: ArraySlice<UInt64> = []
    private var members: Set<UInt64> = []

    var count: Int { members.count }

    /// Because numbers count up and leavers at the front are dropped at once, the front is always a member.
    var oldest: UInt64? { order.first }

    mutating func append(_ id: UInt64) {
        order.append(id)
        members.insert(id)
    }

    mutating func remove(_ id: UInt64) {
        guard members.remove(id) != nil else { return }
        while let front = order.first, !members.contains(front) { order.removeFirst() }
        if order.count > 2 * members.count + 16 { order = order.filter { members.contains($0) }[...] }
    }
}
