// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport

@testable import MLS

/// A group whose members act at random, behind a delivery service that orders commits but is late, repeats itself, loses,
/// mixes up and damages things, and whose members sometimes go a way of their own.
struct RandomSchedule {
    struct Member {
        var group: NativeGroup
        /// How much of the log it has read.
        var cursor: Int
        /// Commits of its own, by their bytes, to be adopted if the service takes them.
        var own: [[UInt8]: Staged<NativeCrypto>] = [:]
        var isHere = true
        /// It missed something, or went over to a commit that the service didn't take.
        var isAstray = false
        /// What it refused since then.
        var refusals = 0
    }

    var scene: Scene
    var service: PublicGroup<NativeCrypto>
    var members: [Member]
    /// Everything that the service took, in its order.
    var log: [[UInt8]] = []
    var randomness: SeededRandomness
    let largest: Int
    var epochs = 0
    var refused = 0
    var delivered = 0
    /// Members of all times.
    var came = 2
    var strays = 0
    var named = 0

    init(seed: UInt64, largest: Int) throws {
        scene = try Scene(2, seed: seed)
        self.largest = largest
        randomness = SeededRandomness(seed: seed &* 31)
        service = try PublicGroup(try scene.members[0].groupInfo(), rules: scene.rules)
        members = scene.members.map { Member(group: $0, cursor: 0) }
    }

    mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &randomness) }

    private mutating func someone() -> Int {
        while true {
            let index = pick(members.count)
            if members[index].isHere { return index }
        }
    }

    mutating func step() throws {
        members.removeAll { !$0.isHere }
        let index = someone()
        switch pick(100) {
        case 0..<43: try read(index, pick(4) + 1)
        case 43..<45: try readAhead(index)
        case 45..<60: try propose(index)
        case 60..<78: try commit(index)
        case 78..<81: try joinFromOutside(index)
        case 81..<82: try goAstray(index)
        case 82..<92: try talk(index)
        case 92..<94: try comeBack()
        default: try damage(index)
        }
    }

    mutating func enter(_ group: NativeGroup) {
        members.append(Member(group: group, cursor: log.count))
        came += 1
    }

    /// A member reads on, and sometimes gets things twice.
    mutating func read(_ index: Int, _ count: Int) throws {
        for _ in 0..<count where members[index].isHere && members[index].cursor < log.count {
            let message = log[members[index].cursor]
            members[index].cursor += 1
            guard !members[index].isAstray else {
                try takeAstray(index, message)
                continue
            }
            try take(index, message)
            if pick(8) == 0, members[index].isHere { try again(index, message) }
        }
    }

    mutating func take(_ index: Int, _ message: [UInt8]) throws {
        if let staged = members[index].own[message] {
            try members[index].group.adopt(staged)
            members[index].own = [:]
            return
        }
        switch try members[index].group.receive(message, rules: scene.rules) {
        case .commit(let staged):
            try members[index].group.adopt(staged)
            members[index].own = [:]
            if staged.removesUs { members[index].isHere = false }
        case .proposal, .application:
            break
        }
    }

    /// A second time: a proposal changes nothing, a commit is refused.
    private mutating func again(_ index: Int, _ message: [UInt8]) throws {
        let before = members[index].group.context
        do {
            if case .commit = try members[index].group.receive(message, rules: scene.rules) {
                throw ScheduleFailure("a commit was followed twice")
            }
        } catch is MLSRefusal {
            refused += 1
        }
        guard members[index].group.context == before else { throw ScheduleFailure("a repetition changed the group") }
    }

    private mutating func propose(_ index: Int) throws {
        let group = members[index].group
        let proposal: Proposal
        switch pick(5) {
        case 0, 1:
            let message = try members[index].group.proposeUpdate(rules: scene.rules, using: &randomness)
            try offer(message.encoded)
            return
        case 2:
            let others = group.tree.members.filter { $0.leaf != group.leaf }
            guard others.count > 1 else { return }
            proposal = .remove(others[pick(others.count)].leaf)
        case 3:
            guard group.tree.memberCount > 2 else { return }
            proposal = .selfRemove
        default:
            let source = PreSharedKeySource.resumption(.application, groupID: group.groupID, epoch: group.epoch)
            proposal = .preSharedKey(PreSharedKeyID(source: source, nonce: randomness.bytes(32)))
        }
        do {
            let message = try members[index].group.propose(proposal, rules: scene.rules, using: &randomness)
            try offer(message.encoded)
        } catch is MLSRefusal {
            refused += 1
        }
    }

    private mutating func commit(_ index: Int) throws {
        let group = members[index].group
        var options = CommitOptions()
        var bundles: [KeyPackageBundle] = []
        // Who is added has to have the PSKs of the commit, and those of earlier epochs newcomers haven't.
        if group.tree.memberCount < largest, !hasPendingKey(group) {
            for _ in 0..<pick(3) { bundles.append(try newcomer()) }
        }
        options.proposals = bundles.map { .add($0.keyPackage) }
        options.withPath = pick(3) != 0
        let made = try members[index].group.commit(options, rules: scene.rules, using: &randomness)
        let bytes = made.commit.encoded
        members[index].own[bytes] = made.staged
        guard try offer(bytes) else { return }
        for bundle in bundles {
            guard case .welcome(let welcome)? = made.welcome else { throw ScheduleFailure("no Welcome") }
            let group = try NativeGroup(welcome, bundle, rules: scene.rules)
            enter(group)
        }
    }

    private func hasPendingKey(_ group: NativeGroup) -> Bool {
        group.shared.proposals.order.contains { reference in
            group.shared.proposals[reference]?.proposal.type == .preSharedKey
        }
    }

    private mutating func joinFromOutside(_ index: Int) throws {
        guard members[index].group.tree.memberCount < largest else { return }
        named += 1
        let join = try ExternalJoin<NativeCrypto>(
            try members[index].group.groupInfo(),
            member: try scene.describe("outsider \(named)"),
            rules: scene.rules,
            using: &randomness
        )
        if try offer(join.commit.encoded) { enter(join.group) }
    }

    private mutating func newcomer() throws -> KeyPackageBundle {
        named += 1
        return try scene.bundle("newcomer \(named)")
    }

    /// Hands a message to the service; false if it is too late or not allowed.
    @discardableResult
    mutating func offer(_ bytes: [UInt8]) throws -> Bool {
        do {
            let verified = try service.open(try MessageIn(decoding: bytes)).verified()
            if case .commit(let staged) = try service.process(verified, rules: scene.rules) {
                try service.adopt(staged)
                epochs += 1
            }
        } catch {
            refused += 1
            return false
        }
        log.append(bytes)
        return true
    }

    /// Data for everybody, out of order, some of it lost.
    private mutating func talk(_ index: Int) throws {
        var messages: [[UInt8]] = []
        do {
            for number in 0..<UInt8(pick(4) + 1) {
                messages.append(try members[index].group.encrypt([number], using: &randomness).encoded)
            }
        } catch {
            refused += 1
            return
        }
        messages.shuffle(using: &randomness)
        for other in members.indices where other != index && members[other].isHere && pick(3) == 0 {
            for message in messages where pick(5) != 0 {
                do {
                    guard
                        case .application(let received) = try members[other].group.receive(message, rules: scene.rules)
                    else { throw ScheduleFailure("no data") }
                    guard received.sender == members[index].group.leaf else { throw ScheduleFailure("wrong sender") }
                    delivered += 1
                } catch is MLSRefusal {
                    refused += 1
                }
            }
        }
    }

    /// A byte of something real is changed.
    private mutating func damage(_ index: Int) throws {
        guard let last = log.last, members[index].cursor == log.count else { return }
        var bytes = last
        if pick(2) == 0 {
            bytes = try members[index].group.groupInfo().encoded
        } else if members[index].group.shared.proposals.isEmpty {
            var copy = members[someone()].group
            if let message = try? copy.encrypt([1, 2, 3], using: &randomness) { bytes = message.encoded }
        }
        bytes[pick(bytes.count)] ^= UInt8(1 << pick(8))
        let before = members[index].group.context
        do {
            let received = try members[index].group.receive(bytes, rules: scene.rules)
            throw ScheduleFailure("damaged, and yet taken: \(received)")
        } catch is MLSRefusal {
            refused += 1
        }
        guard members[index].group.context == before else { throw ScheduleFailure("damage changed the group") }
    }
}
