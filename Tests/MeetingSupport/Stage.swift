// SPDX-License-Identifier: Apache-2.0

public import Base
import MLS
public import Membership
import NativeCrypto
import TestSupport

/// A meeting in virtual time: members, a node between them, a clock that jumps to the next thing due.
public final class Stage {
    public let node: RelayNode
    public private(set) var members: [SimulatedMember] = []
    public private(set) var now = Moment(nanoseconds: 1_000_000_000)
    private var seed: UInt64
    private let start: UInt64 = 1_780_000_000_000
    /// Whose socket is gone, and when the node takes them for lost.
    private var lost: [(participant: ParticipantID, at: Moment)] = []
    /// Said by everybody, in order: requests to the node.
    public private(set) var said: [(from: ParticipantID, request: NodeRequest)] = []

    public init(seed: UInt64 = 1) throws {
        self.seed = seed * 1_000
        var randomness = SeededRandomness(seed: seed)
        let suite = try CryptoSuite<NativeCrypto>(.x25519AES128GCM)
        node = RelayNode(key: try suite.generateSignatureKey(using: &randomness))
    }

    private func nextSeed() -> UInt64 {
        seed += 1
        return seed
    }

    private var clock: UInt64 { start + UInt64(now.nanoseconds / 1_000_000) }

    /// The organiser, inside a meeting of one.
    public func host(_ name: String = "Host", _ adjust: (inout MemberSettings) -> Void = { _ in }) throws
        -> SimulatedMember
    {
        var randomness = SeededRandomness(seed: nextSeed())
        let identity = try MemberIdentity(
            foundingAt: [Array("https://node.example".utf8)],
            with: NativeCrypto.self,
            using: &randomness
        )
        return try enter(identity, name, adjust)
    }

    /// Somebody with a link, as far in as the door lets them.
    public func guest(
        _ name: String,
        by link: LinkSecret,
        _ adjust: (inout MemberSettings) -> Void = { _ in }
    ) throws -> SimulatedMember {
        try enter(MemberIdentity(links: [link]), name, adjust)
    }

    public func enter(
        _ identity: MemberIdentity,
        _ name: String,
        _ adjust: (inout MemberSettings) -> Void = { _ in }
    ) throws -> SimulatedMember {
        var settings = MemberSettings(name: Array(name.utf8))
        adjust(&settings)
        let member = try SimulatedMember(identity, settings, seed: nextSeed())
        add(member)
        settle()
        return member
    }

    /// Somebody who begins to arrive.
    public func add(_ member: SimulatedMember) {
        members.append(member)
        open(member)
    }

    public func open(_ member: SimulatedMember) {
        member.isOpen = true
        give(.opened, to: member)
    }

    /// The socket goes, and nobody has said why.
    public func cut(_ member: SimulatedMember) {
        guard member.isOpen else { return }
        member.isOpen = false
        if node.inside.contains(member.id) {
            lost.removeAll { $0.participant == member.id }
            lost.append((member.id, now + .seconds(15)))
        }
        node.gone(member.id)
        node.outgoing.removeAll { $0.to == member.id }
        give(.closed, to: member)
    }

    /// The device goes: nothing more is heard.
    public func kill(_ member: SimulatedMember) {
        cut(member)
        members.removeAll { $0 === member }
    }

    /// The device hangs: nothing more is heard, and the node doesn't know.
    public func freeze(_ member: SimulatedMember) {
        members.removeAll { $0 === member }
    }

    /// The page is loaded again: the socket goes, and what was stored comes back as a new member.
    public func reload(_ member: SimulatedMember, _ name: String) throws -> SimulatedMember {
        kill(member)
        let stored = member.storedIdentity ?? member.identity
        return try enter(stored, name) { $0.isReturning = true }
    }

    public func give(_ input: MemberInput, to member: SimulatedMember) {
        for request in member.handle(input, now: now, clock: clock) where member.isOpen {
            said.append((member.id, request))
            node.take(request, from: member.id)
        }
        guard let ending = member.ending, member.isOpen else { return }
        // It is over: the socket is closed.
        if ending.reason == "replaced" { member.isOpen = false } else { cut(member) }
        members.removeAll { $0 === member }
    }

    /// The encryption key of somebody's leaf, as the node sees it.
    public func leafKey(of participant: ParticipantID) -> [UInt8]? {
        for (_, node) in node.room?.group.tree.members ?? []
        where ParticipantID(signatureKey: node.signatureKey, with: NativeCrypto.self) == participant {
            return node.encryptionKey
        }
        return nil
    }

    /// How many epochs the group has seen.
    public var epoch: UInt64 { node.room?.group.epoch ?? 0 }

    /// What somebody makes of an input, with nothing of it reaching the node.
    public func tell(_ input: MemberInput, to member: SimulatedMember) {
        _ = member.handle(input, now: now, clock: clock)
    }

    /// How much somebody has to say to an input, of which everything is done.
    public func outputs(of input: MemberInput, at member: SimulatedMember) -> Int {
        let before = member.events.count + member.frames.count + said.count
        give(input, to: member)
        return member.events.count + member.frames.count + said.count - before
    }

    /// A wish of the person, and what comes of it.
    public func ask(_ member: SimulatedMember, _ input: MemberInput) {
        give(input, to: member)
        settle()
    }

    public func say(_ member: SimulatedMember, _ text: String, to: ParticipantID? = nil) {
        let id = Array("m\(nextSeed())".utf8)
        ask(member, .say(id: id, text: Array(text.utf8), to: to))
    }

    /// Lets a few seconds pass, in which everything short happens.
    public func settle() { run(for: .seconds(4)) }

    /// Runs until nothing is due before the time is over.
    public func run(for time: Interval) {
        let end = now + time
        var rounds = 0
        var before = now
        while true {
            exchange()
            rounds = now == before ? rounds + 1 : 0
            before = now
            precondition(rounds < 1_000, "somebody is due again and again and gets nowhere")
            var due: Moment?
            for member in members {
                guard let deadline = member.deadline else { continue }
                due = due.map { min($0, deadline) } ?? deadline
            }
            for entry in lost { due = due.map { min($0, entry.at) } ?? entry.at }
            guard let due, max(due, now) <= end else { break }
            now = max(now, due)
            takeForLost()
            for member in members where member.deadline.map({ $0 <= now }) == true { give(.timeout, to: member) }
        }
        now = end
        exchange()
    }

    private func takeForLost() {
        let due = lost.filter { $0.at <= now }
        lost.removeAll { $0.at <= now }
        for (participant, _) in due
        where node.room?.members.contains(participant) == true && !node.inside.contains(participant) {
            try? node.proposeRemoval(of: participant)
            // Again in the next epoch, if a commit came in between.
            lost.append((participant, now + .seconds(3)))
        }
    }

    private func exchange() {
        while true {
            for member in members where member.wantsReconnect {
                member.wantsReconnect = false
                cut(member)
                open(member)
            }
            guard !node.outgoing.isEmpty else { return }
            let (to, message) = node.outgoing.removeFirst()
            // Two windows with the same keys hear the same.
            for member in members where member.id == to && member.isOpen { give(.node(message), to: member) }
        }
    }
}
