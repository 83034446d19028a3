// SPDX-License-Identifier: Apache-2.0

public import Base
public import MLS
public import Membership
public import NativeCrypto

/// A node that does what an honest one does on the wire and checks nothing: what members refuse here, they refuse by
/// themselves. A red team puts its own hands on it.
public final class RelayNode {
    public struct Room {
        public var group: PublicGroup<NativeCrypto>
        public var sealedGroupInfo: [UInt8]
        public var cards: [[UInt8]: [UInt8]]
        public var currentAlias: [UInt8]
        public var sequence: UInt64 = 0
        /// Everything passed to all, by number.
        public var backlog: [(sequence: UInt64, author: ParticipantID?, message: NodeMessage)] = []
        public var acks: Set<ParticipantID> = []

        /// Whether a host or co-host has a leaf.
        public var isKept: Bool {
            guard let policy = MeetingPolicy(group.context.extensions) else { return false }
            return group.tree.members.contains { Role($0.node, under: policy, with: NativeCrypto.self).isKeeper }
        }

        /// Everybody who has a leaf.
        public var members: [ParticipantID] {
            group.tree.members.map { ParticipantID(signatureKey: $0.node.signatureKey, with: NativeCrypto.self) }
        }
    }

    /// What a commit replaced, for as long as it may be taken back.
    public struct Former {
        public let room: Room
        public let commit: [UInt8]
        public let author: ParticipantID
        /// How far the room's messages had come.
        public let sequence: UInt64
    }

    public var room: Room?
    /// Key packages as shown by those who are connected.
    public var keyPackages: [ParticipantID: KeyPackage] = [:]
    public var aliases: [ParticipantID: [UInt8]] = [:]
    public var waiting: [ParticipantID: [UInt8]] = [:]
    public var inside: Set<ParticipantID> = []
    /// Who is on a new connection and not in by it yet, though they may be by an older one.
    private var arriving: Set<ParticipantID> = []
    public let key: SignatureKeyPair
    public var refusals: [CommitRefusal] = []
    public private(set) var former: Former?
    /// Whether a majority of refusals takes a commit back, as it should.
    public var countsRefusals = true
    /// Whether a backlog is kept for those who come back.
    public var keepsBacklog = true
    /// Who may not commit in the room's epoch, having been refused in it.
    public private(set) var barred: ParticipantID?
    /// Stands between the node and a member: what it gives back is delivered.
    public var intercept: (NodeMessage, ParticipantID) -> [NodeMessage] = { message, _ in [message] }
    /// The same on the way in; `nil` keeps a request from the node.
    public var interceptRequest: (NodeRequest, ParticipantID) -> NodeRequest? = { request, _ in request }
    /// All that ever went out, for whoever looks at the ciphertext.
    public private(set) var delivered: [(to: ParticipantID, message: NodeMessage)] = []
    var outgoing: [(to: ParticipantID, message: NodeMessage)] = []

    public init(key: SignatureKeyPair) {
        self.key = key
    }

    public func deliver(_ message: NodeMessage, to participant: ParticipantID) {
        for changed in intercept(message, participant) {
            outgoing.append((participant, changed))
            delivered.append((participant, changed))
        }
    }

    public func broadcast(except author: ParticipantID?, _ make: (UInt64) -> NodeMessage) {
        guard let number = room.map({ $0.sequence + 1 }) else { return }
        room?.sequence = number
        let message = make(number)
        room?.backlog.append((number, author, message))
        for participant in everybody where participant != author { deliver(message, to: participant) }
    }

    private var everybody: [ParticipantID] { inside.sorted { $0.rawValue < $1.rawValue } }

    func take(_ request: NodeRequest, from participant: ParticipantID) {
        guard let request = interceptRequest(request, participant) else { return }
        switch request {
        case .join(let alias, let keyPackage, let create, let resume, let since):
            join(participant, alias, keyPackage, create, resume, since)
        case .found(let info, let tree, let sealed, let card): found(participant, info, tree, sealed, card)
        case .knock(let knock):
            waiting[participant] = knock
            deliver(.waiting(hostPresent: room?.isKept ?? false), to: participant)
            for other in everybody { deliver(.knock(sealed(participant)), to: other) }
        case .look:
            guard let room else { return }
            deliver(
                .group(epoch: room.group.epoch, groupInfo: room.sealedGroupInfo, tree: room.group.tree.encoded),
                to: participant
            )
        case .commit(let commit): take(commit, from: participant)
        case .message(let number, let message, let to):
            if let to {
                deliver(.message(sequence: 0, from: participant, message: message), to: to)
            } else {
                broadcast(except: participant) { .message(sequence: $0, from: participant, message: message) }
            }
            if number != 0 { deliver(.sent(request: number), to: participant) }
        case .propose(let proposal):
            try? apply(proposal)
            broadcast(except: participant) { .proposal(sequence: $0, proposal: proposal) }
        case .ack(let epoch):
            guard epoch == room?.group.epoch else { return }
            room?.acks.insert(participant)
            if room?.acks == inside { for other in everybody { deliver(.ready(epoch: epoch), to: other) } }
        case .refuse(let bytes):
            guard let refusal = try? CommitRefusal(decoding: bytes) else { return }
            refusals.append(refusal)
            countRefusals()
        case .deny(let other):
            waiting[other] = nil
            deliver(.refused(reason: Array("denied".utf8)), to: other)
        case .end:
            for other in everybody where other != participant { deliver(.ended, to: other) }
            inside = []
            room = nil
        case .leave: gone(participant)
        case .reconnect: break
        }
    }

    /// A socket is gone, whatever the reason.
    func gone(_ participant: ParticipantID) {
        if inside.remove(participant) != nil { tell(participant, connected: false) }
        if waiting.removeValue(forKey: participant) != nil {
            for other in everybody { deliver(.knockGone(participant), to: other) }
        }
    }

    private func tell(_ participant: ParticipantID, connected: Bool) {
        let present = NodeMessage.Present(participant: participant, connected: connected)
        for other in everybody where other != participant { deliver(.participant(present), to: other) }
    }

    /// The process dies and comes up again with nothing.
    public func restart() {
        room = nil
        former = nil
        inside = []
        waiting = [:]
    }

    private func sealed(_ participant: ParticipantID) -> NodeMessage.SealedKnock {
        NodeMessage.SealedKnock(
            participant: participant,
            alias: aliases[participant] ?? [],
            knock: waiting[participant] ?? []
        )
    }

    private func join(
        _ participant: ParticipantID,
        _ alias: [UInt8],
        _ message: [UInt8],
        _ create: Bool,
        _ resume: [UInt8],
        _ since: UInt64
    ) {
        guard case .keyPackage(let keyPackage)? = try? MessageIn(decoding: message).message else { return }
        keyPackages[participant] = keyPackage
        aliases[participant] = alias
        if resume.isEmpty { arriving.insert(participant) }
        guard let room else {
            let answer: NodeMessage =
                create ? .vacant(nodeKey: key.publicKey) : .refused(reason: Array("notFound".utf8))
            return deliver(answer, to: participant)
        }
        if !resume.isEmpty {
            guard keepsBacklog, room.members.contains(participant) else {
                return deliver(.refused(reason: Array("outOfStep".utf8)), to: participant)
            }
            inside.insert(participant)
            tell(participant, connected: true)
            welcome(participant, resumed: true)
            for entry in room.backlog where entry.sequence > since {
                // An author's own commit is told again, for it may not know what became of it.
                var isCommit = false
                if case .commit = entry.message { isCommit = true }
                if entry.author != participant || isCommit { deliver(entry.message, to: participant) }
            }
            return
        }
        guard let card = room.cards[alias], let policy = MeetingPolicy(room.group.context.extensions) else {
            return deliver(.refused(reason: Array("notFound".utf8)), to: participant)
        }
        deliver(
            .door(
                NodeMessage.Door(
                    card: card,
                    isCurrent: alias == room.currentAlias,
                    epoch: room.group.epoch,
                    generation: policy.linkGeneration,
                    lobby: policy.lobby,
                    locked: policy.locked,
                    hostPresent: room.isKept,
                    accountable: policy.accountable
                )
            ),
            to: participant
        )
    }

    private func found(
        _ participant: ParticipantID,
        _ info: [UInt8],
        _ tree: [UInt8],
        _ sealed: [UInt8],
        _ card: [UInt8]
    ) {
        guard case .groupInfo(let groupInfo)? = try? MessageIn(decoding: info).message,
            let group = try? PublicGroup<NativeCrypto>(groupInfo, tree: tree, rules: OpenRules())
        else { return }
        let alias = aliases[participant] ?? []
        room = Room(group: group, sealedGroupInfo: sealed, cards: [alias: card], currentAlias: alias)
        inside.insert(participant)
        welcome(participant)
    }

    private func welcome(
        _ participant: ParticipantID,
        resumed: Bool = false,
        welcome: [UInt8] = [],
        tree: [UInt8] = [],
        invitation: [UInt8] = []
    ) {
        guard let room else { return }
        arriving.remove(participant)
        deliver(
            .welcome(
                NodeMessage.Welcome(
                    isResumed: resumed,
                    resume: Array("token".utf8),
                    epoch: room.group.epoch,
                    sequence: room.sequence,
                    present: room.members.map {
                        NodeMessage.Present(participant: $0, connected: inside.contains($0))
                    },
                    knocks: waiting.keys.sorted { $0.rawValue < $1.rawValue }.map(sealed),
                    welcome: welcome,
                    tree: tree,
                    invitation: invitation
                )
            ),
            to: participant
        )
    }

    /// Keeps the public state up with what is passed on; nothing is judged.
    private func apply(_ message: [UInt8]) throws {
        guard var group = room?.group else { return }
        let verified = try group.open(MessageIn(decoding: message)).verified()
        if case .commit(let staged) = try group.process(verified, rules: OpenRules()) { try group.adopt(staged) }
        room?.group = group
    }

    /// Takes a commit as a node without rules would: the first of its epoch, whatever it says.
    public func take(_ commit: NodeRequest.Commit, from participant: ParticipantID) {
        guard let old = room, commit.epoch == old.group.epoch else {
            return deliver(
                .error(code: Array("stale".utf8), request: commit.request, detail: []),
                to: participant
            )
        }
        let before = old.group
        guard participant != barred, (try? apply(commit.commit)) != nil else {
            return deliver(
                .error(code: Array("commit".utf8), request: commit.request, detail: Array("group".utf8)),
                to: participant
            )
        }
        former = Former(room: old, commit: commit.commit, author: participant, sequence: old.sequence)
        barred = nil
        refusals = []
        room?.sealedGroupInfo = commit.groupInfo
        room?.acks = []
        if let link = commit.link {
            room?.cards[link.alias] = link.card
            room?.currentAlias = link.alias
        }
        broadcast(except: participant) { .commit(sequence: $0, epoch: commit.epoch, commit: commit.commit) }
        guard let room else { return }
        let isOutsider = arriving.contains(participant) || !inside.contains(participant)
        inside.insert(participant)
        if isOutsider {
            waiting[participant] = nil
            welcome(participant)
            // Back at their old place.
            if old.members.contains(participant) { tell(participant, connected: true) }
        } else {
            deliver(
                .accepted(request: commit.request, epoch: commit.epoch + 1, sequence: room.sequence),
                to: participant
            )
        }
        settle(commit, before, room.group)
    }

    private func settle(
        _ commit: NodeRequest.Commit,
        _ before: PublicGroup<NativeCrypto>,
        _ after: PublicGroup<NativeCrypto>
    ) {
        let members = Set(
            after.tree.members.map { ParticipantID(signatureKey: $0.node.signatureKey, with: NativeCrypto.self) }
        )
        let former = Set(
            before.tree.members.map { ParticipantID(signatureKey: $0.node.signatureKey, with: NativeCrypto.self) }
        )
        for participant in former.subtracting(members).sorted(by: { $0.rawValue < $1.rawValue })
        where inside.contains(participant) {
            inside.remove(participant)
            deliver(.removed, to: participant)
        }
        for participant in members.subtracting(former).sorted(by: { $0.rawValue < $1.rawValue })
        where waiting[participant] != nil {
            waiting[participant] = nil
            inside.insert(participant)
            let invitation = commit.invitations.first { $0.participant == participant }?.invitation ?? []
            welcome(
                participant,
                welcome: commit.welcome,
                tree: after.tree.encoded,
                invitation: invitation
            )
        }
    }

    /// Takes the newest commit back if most of the others who are connected refuse it.
    private func countRefusals() {
        guard countsRefusals, let former else { return }
        let others = inside.filter { $0 != former.author && former.room.members.contains($0) }
        var refusing: Set<ParticipantID> = []
        for refusal in refusals where refusal.isValid(of: former.commit, in: former.room.group) {
            guard let node = former.room.group.tree.leaf(refusal.leaf) else { continue }
            refusing.insert(ParticipantID(signatureKey: node.signatureKey, with: NativeCrypto.self))
        }
        guard refusing.intersection(others).count * 2 > others.count else { return }
        reopen(with: refusals.map(\.encoded))
    }

    /// Takes the newest commit back, and says so with these refusals.
    public func reopen(with refusals: [[UInt8]]) {
        guard let former, let now = room else { return }
        var room = former.room
        room.sequence = now.sequence
        room.backlog = now.backlog
        self.room = room
        self.former = nil
        barred = former.author
        let epoch = room.group.epoch
        broadcast(except: nil) { .reopened(sequence: $0, epoch: epoch, refusals: refusals) }
    }

    /// Asks for somebody's place as a node may: by a Remove as the group's external sender.
    public func proposeRemoval(of participant: ParticipantID) throws {
        guard let group = room?.group else { return }
        for (leaf, node) in group.tree.members {
            guard ParticipantID(signatureKey: node.signatureKey, with: NativeCrypto.self) == participant else {
                continue
            }
            let proposal = try ExternalProposal.propose(
                group.suite,
                .remove(leaf),
                groupID: group.groupID,
                epoch: group.epoch,
                index: 0,
                signatureKey: key
            ).encoded
            try apply(proposal)
            broadcast(except: nil) { .proposal(sequence: $0, proposal: proposal) }
        }
    }

    /// What the node could propose besides a Remove, if members let it.
    public func strayProposals() throws -> [[UInt8]] {
        guard let group = room?.group, let keyPackage = keyPackages.values.first else { return [] }
        let proposals: [Proposal] = [
            .groupContextExtensions(.none), .add(keyPackage),
            .preSharedKey(PreSharedKeyID(source: .external(identifier: [1]), nonce: Array(repeating: 0, count: 32))),
            .reInit(ReInit(groupID: [1], version: .mls10, cipherSuite: group.suite.identifier, extensions: .none)),
        ]
        return try proposals.map { proposal in
            try ExternalProposal.propose(
                group.suite,
                proposal,
                groupID: group.groupID,
                epoch: group.epoch,
                index: 0,
                signatureKey: key
            ).encoded
        }
    }
}
