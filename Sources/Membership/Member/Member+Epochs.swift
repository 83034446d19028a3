// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// From one epoch to the next.
extension Member {
    mutating func receive(_ message: NodeMessage, using randomness: inout some Randomness) {
        // Of a socket that is being closed.
        if case .idle = arrival { return }
        switch message {
        case .door(let door): see(door, using: &randomness)
        case .vacant(let key): found(nodeKey: key, using: &randomness)
        case .welcome(let welcome): self.welcome(welcome, using: &randomness)
        case .waiting(let hostPresent): wait(hostPresent: hostPresent)
        case .commit(let number, let epoch, let commit):
            advance(to: number)
            receive(commit: commit, of: epoch, using: &randomness)
        case .proposal(let number, let proposal):
            advance(to: number)
            receive(proposal: proposal)
        case .message(let number, _, let message):
            advance(to: number)
            receive(message: message, using: &randomness)
        case .ready(let epoch): if switchesAt != nil, epoch == group?.epoch { startSending() }
        case .reopened(let number, let epoch, let refusals):
            advance(to: number)
            reopen(epoch, refusals, using: &randomness)
        case .knock(let knock): hear(knock)
        case .knockGone(let participant): forgetKnock(of: participant)
        case .participant(let present): update(present)
        case .group(_, let groupInfo, let tree): enter(groupInfo: groupInfo, tree: tree, using: &randomness)
        case .accepted(let request, _, let number):
            advance(to: number)
            accepted(request, using: &randomness)
        case .sent(let request): settle(request)
        case .error(let code, let request, let detail): failed(code, request, detail, using: &randomness)
        case .refused(let reason): refused(reason)
        // A host's commit would have said so before, and then we wouldn't be here any more.
        case .removed: finish(.interrupted, reason: Array(word: "removed"))
        case .ended: finish(.interrupted, reason: Array(word: "ended"))
        }
    }

    private mutating func advance(to number: UInt64) { sequence = max(sequence, number) }

    private mutating func receive(
        commit: [UInt8],
        of epoch: UInt64,
        using randomness: inout some Randomness
    ) {
        guard case .inside = arrival, var group else { return }
        // Replayed: nothing happens.
        guard epoch >= group.epoch else { return }
        guard epoch == group.epoch else { return fallBehind() }
        // Following one again would use its epoch's keys twice.
        guard !voidCommits.contains(commit) else { return }
        if let inFlight, inFlight.commit == commit { return adoptOwn(inFlight, using: &randomness) }
        let author = author(of: commit, in: group)
        do throws(MLSRefusal) {
            guard case .commit(let staged) = try group.receive(commit, rules: rules, preSharedKeys: preSharedKeys)
            else { throw .wrongContentForSender }
            if staged.removesUs { return removed(by: staged.change) }
            adopt(staged, commit, author: author, admitted: nil, using: &randomness)
        } catch {
            switch error {
            // An old one under a new number.
            case .epochTooOld, .wrongEpoch: break
            // Ours, that we had given up.
            case .ownMessage: resync()
            // Of another group, or garbled on the way: whose name is on it says nothing.
            case .wrongGroup, .malformed, .invalidSignature, .invalidMembershipTag:
                refuse(commit, author: nil, because: error)
            default: refuse(commit, author: author, because: error)
            }
        }
    }

    /// The others are further than we can follow. Not after a commit against the rules, though: its author would only have to
    /// make another one, and nobody would have judged it.
    private mutating func fallBehind() {
        guard var refused, refused.isAgainstRules else { return resync() }
        guard refused.until != nil else { return }
        refused.until = nil
        self.refused = refused
        warn(.fork, nil, "refusedCommit")
    }

    /// Nobody has taken back what we refused.
    mutating func giveUpRefusing() {
        if let until = refused?.until, until <= now { fallBehind() }
    }

    /// Whom a commit is from, as far as can be seen before it is checked.
    private func author(of commit: [UInt8], in group: Group<Crypto>) -> ParticipantID? {
        guard case .publicMessage(let message)? = try? MessageIn(decoding: commit).message,
            case .commit(let content) = message.content.content
        else { return nil }
        if let leaf = message.content.sender.leaf { return group.tree.leaf(leaf).flatMap { ParticipantID($0) } }
        return content.path.flatMap { ParticipantID($0.leafNode) }
    }

    private func reason(_ refusal: MLSRefusal) -> StaticString {
        switch refusal {
        case .applicationRule(let number): RuleViolation(rawValue: number)?.name ?? "rule"
        case .malformed: "malformed"
        case .invalidConfirmationTag: "confirmationTag"
        case .invalidSignature, .invalidMembershipTag: "signature"
        case .preSharedKeyUnknown: "preSharedKey"
        case .noPathForUs, .pathKeyMismatch, .crypto: "path"
        case .unknownProposal: "unknownProposal"
        default: "group"
        }
    }

    private mutating func refuse(_ commit: [UInt8], author: ParticipantID?, because refusal: MLSRefusal) {
        guard let group, refused?.commit != commit else { return }
        let reason = reason(refusal)
        var isAgainstRules = refused?.isAgainstRules ?? false
        if case .applicationRule = refusal { isAgainstRules = true }
        refused = RefusedCommit(commit: commit, isAgainstRules: isAgainstRules, until: now + Self.lateness)
        warn(.refusedCommit, author, reason)
        guard
            let refusal = try? CommitRefusal(
                of: commit,
                because: reason.bytes,
                in: group.shared,
                leaf: group.leaf,
                signatureKey: signatureKey
            )
        else { return }
        send(.refuse(refusal.encoded))
    }

    /// The commit takes us out: by a host, by ourselves, or because the node took us for lost.
    private mutating func removed(by change: GroupChange) {
        guard let leaf = group?.leaf else { return }
        for item in change.items {
            guard case .remove(let target) = item.proposal, target == leaf else { continue }
            // Judged: a member who removes in their own name is host or co-host.
            switch item.sender {
            case .member: return finish(.removed, by: change.committerLeaf.flatMap { ParticipantID($0) })
            // Only our own key takes our own place.
            case .newMemberCommit: return finish(.interrupted, reason: Array(word: "replaced"))
            default: return resync()
            }
        }
        finish(.left)
    }

    mutating func accepted(_ request: UInt32, using randomness: inout some Randomness) {
        guard let inFlight, inFlight.request == request else { return }
        adoptOwn(inFlight, using: &randomness)
    }

    private mutating func adoptOwn(
        _ inFlight: CommitInFlight<Crypto>,
        using randomness: inout some Randomness
    ) {
        self.inFlight = nil
        guard group?.context == inFlight.staged.change.before else { return }
        intents.subtract(inFlight.intents)
        adopt(inFlight.staged, inFlight.commit, author: own, admitted: inFlight.admitted, using: &randomness)
    }

    /// Goes to the next epoch, in which everything has been checked.
    ///
    /// - Parameter admitted: whom a commit of ours took in; `nil` for somebody else's.
    private mutating func adopt(
        _ staged: Staged<Crypto>,
        _ commit: [UInt8],
        author: ParticipantID?,
        admitted: [ParticipantID]?,
        using randomness: inout some Randomness
    ) {
        guard var group, let before = MeetingPolicy(group.context.extensions) else { return }
        var old = group
        old.forgetPastEpochs()
        do throws(MLSRefusal) { try group.adopt(staged) } catch { return resync() }
        guard let policy = MeetingPolicy(group.context.extensions) else { return resync() }
        // As a group that has left its epoch, without keys of those before.
        former = FormerEpoch(
            group: old,
            commit: commit,
            author: author,
            removed: staged.change.removed.map { $0.leaf },
            until: now + Self.lateness,
            link: link,
            links: links,
            voidCommits: voidCommits
        )
        left.insert(now, at: 0)
        if left.count > Self.limits.pastEpochs { left.removeLast() }
        self.group = group
        lastSeen = seen(group)
        inFlight = nil
        outpaced = nil
        voidCommits = []
        isCautious = isCautious && !knocks.isEmpty
        refused = nil
        if staged.change.path != nil { keysRenewed = now }
        dutySince = nil
        failShortCode()
        if policy.linkGeneration != before.linkGeneration { turnLink(in: group, policy) }
        renewRules()
        let newcomers = meet(staged.change, author: author, policy, before)
        showEpoch(policy)
        addFrameKeys()
        let isUrgent = !staged.change.removed.isEmpty || policy.locked != before.locked
        if isUrgent { startSending() } else { switchesAt = now + .milliseconds(700) }
        send(.ack(epoch: group.epoch))
        greet(newcomers, admitted: admitted, isExternal: staged.change.isExternal)
        showKnocks()
        resendUnsettled(onlyStale: true)
        hurryHeartbeat()
    }

    /// The link changes with the epoch: its nonce is a secret of those who are in it.
    private mutating func turnLink(in group: Group<Crypto>, _ policy: MeetingPolicy) {
        guard let link, let next = Member.nextLink(after: link, in: group) else { return resync() }
        self.link = next
        links.replace(by: next.keys, generation: policy.linkGeneration)
        tell(.link(secret: next.secret.bytes))
        showIdentity()
    }

    static func nextLink(after link: MeetingLink, in group: Group<Crypto>) -> MeetingLink? {
        guard
            let nonce = try? group.export(
                label: "vigil link nonce",
                context: [],
                length: MeetingLink.nonceLength
            )
        else { return nil }
        return try? MeetingLink(link.card, nonce: nonce.withBytes { Array($0) }, with: Crypto.self)
    }

    mutating func renewRules() {
        guard let group, let policy = MeetingPolicy(group.context.extensions), let node = group.leafNode
        else { return }
        rules = MeetingRules(tree: group.tree, extensions: group.context.extensions, card: link?.card)
        lastPolicy = policy
        ownRole = Role(node, under: policy, with: Crypto.self)
    }

    // MARK: a commit that most refuse

    /// The node takes a commit back because members refuse it; we go along if most of the others have signed that.
    private mutating func reopen(_ epoch: UInt64, _ refusals: [[UInt8]], using randomness: inout some Randomness) {
        guard case .inside = arrival, let group else { return }
        if group.epoch == epoch {
            // Our own commit was answered so, or we are among those who refused: together with most of the others?
            inFlight = nil
            guard let refused else { return }
            let author = author(of: refused.commit, in: group)
            guard isRefusedByMost(refused.commit, by: author, removing: [], in: group, refusals) else {
                return warn(.fork, nil, "reopened")
            }
            self.refused = nil
            return
        }
        guard let former, former.group.epoch == epoch, group.epoch == epoch + 1 else { return }
        guard isRefusedByMost(former.commit, by: former.author, removing: former.removed, in: former.group, refusals)
        else { return warn(.fork, nil, "reopened") }
        if let author = former.author { warn(.reopened, author) }
        let void = group.epoch
        self.former = nil
        left = []
        self.group = group.returning(to: former.group)
        voidCommits = former.voidCommits + [former.commit]
        inFlight = nil
        refused = nil
        failShortCode()
        lastSeen = seen(former.group)
        switchesAt = nil
        if links.current.alias != former.links.current.alias {
            link = former.link
            links = former.links
            tell(.link(secret: links.current.secret.bytes))
            showIdentity()
        }
        outputs.append(.frames(.voidEpoch(void)))
        outputs.append(.frames(.startSending(epoch: epoch)))
        renewRules()
        guard let policy = MeetingPolicy(former.group.context.extensions) else { return resync() }
        meetEverybody(in: former.group, policy)
        showEpoch(policy)
        courier.beginRun(UInt32(truncatingIfNeeded: randomness.next()))
        for index in courier.unsettled.indices where courier.unsettled[index].epoch == void {
            if courier.unsettled[index].isSent, courier.unsettled[index].waiting.to == nil { courier.lines &-= 1 }
            courier.unsettled[index].isSent = false
        }
        sayWhoWeAre()
        resendUnsettled()
        showKnocks()
    }

    /// Whether most of those who have a say sign that they don't follow a commit. Who made it has none, nor who is removed by
    /// it, nor who is lost: said to be so by the node, and not heard of for as long as a commit may be refused.
    private func isRefusedByMost(
        _ commit: [UInt8],
        by author: ParticipantID?,
        removing removed: [LeafIndex],
        in group: Group<Crypto>,
        _ refusals: [[UInt8]]
    ) -> Bool {
        var voters: [LeafIndex] = []
        for (leaf, node) in group.tree.members {
            guard let participant = ParticipantID(node), participant != author, !removed.contains(leaf) else {
                continue
            }
            if let index = index(of: participant), !people[index].connected,
                now - people[index].heard > Self.lateness
            {
                continue
            }
            voters.append(leaf)
        }
        var refusing: [LeafIndex] = []
        for bytes in refusals {
            guard let refusal = try? CommitRefusal(decoding: bytes), voters.contains(refusal.leaf),
                !refusing.contains(refusal.leaf), refusal.isValid(of: commit, in: group.shared)
            else { continue }
            refusing.append(refusal.leaf)
        }
        return refusing.count * 2 > voters.count
    }

    // MARK: keys for frames

    mutating func addFrameKeys() {
        guard let group, let key = try? group.export(label: "SFrame 1.0 Base Key", context: [], length: 16)
        else { return }
        var members: [(leaf: UInt32, participant: ParticipantID)] = [(group.leaf.value, own)]
        for person in people { members.append((person.leaf.value, person.participant)) }
        let epoch = FrameKeyChange.Epoch(
            epoch: group.epoch,
            leafWidth: group.tree.width.value,
            ownLeaf: group.leaf.value,
            baseKey: key,
            members: members
        )
        outputs.append(.frames(.addEpoch(epoch)))
    }

    mutating func startSending() {
        switchesAt = nil
        guard let group else { return }
        outputs.append(.frames(.startSending(epoch: group.epoch)))
    }

    // MARK: what the epoch looks like

    mutating func showEpoch(_ policy: MeetingPolicy) {
        guard let group else { return }
        tell(.policy(policy))
        guard let words = try? group.export(label: "vigil words", context: [], length: 17) else { return }
        var keys = SortedSet<[UInt8]>()
        for (_, node) in group.tree.members { keys.insert(node.signatureKey) }
        var roster = [UInt8](word: "vigil roster v1")
        for key in keys.elements { roster += key }
        tell(
            .words(
                epoch: group.epoch,
                words: words.withBytes { Words.split(Array($0), count: 12) },
                roster: Words.split(Crypto.hash(.sha256, roster), count: 4)
            )
        )
    }
}
