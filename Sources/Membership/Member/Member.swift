// SPDX-License-Identifier: Apache-2.0

public import Base
import MLS

/// One person's membership in a meeting, as a state machine: what the node says and what the person wants goes in, what is
/// to be sent, shown and sealed with comes out. The same in the browser and in the headless participant.
///
/// Everything that the node says is hearsay: who is in, who is host and what is allowed follows from the group's tree and
/// policy and from signatures, all checked here.
public struct Member<Crypto: CryptoProvider>: Sendable {
    // Who we are.
    let suite: CryptoSuite<Crypto>
    let signatureKey: SignatureKeyPair
    /// Of our leaf.
    public let own: ParticipantID
    /// What only we shall read is encrypted to it.
    let directKey: HPKEKeyPair
    var hosting: MemberIdentity.Hosting?
    var links: LinkBook
    var settings: MemberSettings
    var statementVersion: UInt64 = 0

    // Where we stand.
    var arrival = Arrival<Crypto>.idle
    var isConnected = false
    /// Since when we have been inside on this socket.
    var connectedSince: Moment?
    /// The node knows us again by this after a cut; empty while there is no place to come back to.
    var resumeToken: [UInt8] = []
    var isResuming = false
    /// The highest number of what the node has passed to all.
    var sequence: UInt64 = 0
    /// What the node said of the meeting before we came in.
    var toldAccountable: Bool?
    /// The key package that the node knows us by.
    var keyPackageMessage: [UInt8] = []
    /// The link's card once it has been checked.
    var link: MeetingLink?
    /// The last state of the group that we were in, so that nobody brings us back to an older one.
    var lastSeen: (groupID: [UInt8], epoch: UInt64, transcriptHash: [UInt8])?

    // The group.
    var group: Group<Crypto>?
    var rules: MeetingRules<Crypto>
    /// The epoch before this one, for as long as the commit between them may still be found void.
    var former: FormerEpoch<Crypto>?
    /// When the epochs were left whose late messages can still be opened, newest first.
    var left: [Moment] = []
    /// When a commit last brought fresh keys.
    var keysRenewed = Moment(nanoseconds: 0)
    /// When sealing moves on to the newest epoch at the latest.
    var switchesAt: Moment?
    var refused: RefusedCommit?
    /// The epoch in which we refused a commit for breaking a rule and were sent out of step: who is further has followed it,
    /// for all that we know.
    var shunned: UInt64?
    /// Commits of this epoch that most of the others refused, after we had followed them.
    var voidCommits: [[UInt8]] = []
    /// The rules that are in force, or were last.
    var lastPolicy: MeetingPolicy?
    var ownRole = Role.guest
    /// Until then we are told what was said before we came.
    var newUntil: Moment?

    // Committing.
    var knocks: [WaitingKnock] = []
    var intents = Intents()
    var inFlight: CommitInFlight<Crypto>?
    /// When a duty that belongs to all arose.
    var dutySince: Moment?
    /// Not earlier, since the node said that another commit was first.
    var commitsFrom: Moment?
    /// Since when the node has been saying that another commit was first.
    var outpaced: Moment?
    /// Something in a commit of ours couldn't be committed: we find out what.
    var isCautious = false
    var lastRequest: UInt32 = 0

    // The others, and what is said.
    var people: [Person] = []
    var departed: [Statement] = []
    var courier: Courier
    var history = ChatHistory()
    var startedAt: UInt64 = 0
    var watch = Watch()
    var shortCode: ShortCode?

    /// The moment and the clock of the input at hand.
    var now = Moment(nanoseconds: 0)
    var clock: UInt64 = 0
    var outputs: [MemberOutput] = []

    public init(
        _ identity: MemberIdentity,
        _ settings: MemberSettings,
        using randomness: inout some Randomness
    ) throws(MemberRefusal) {
        guard let first = identity.links.first else { throw .noLink }
        do throws(MLSRefusal) {
            suite = try CryptoSuite(.x25519AES128GCM)
            if let key = identity.signaturePrivateKey {
                signatureKey = try suite.signatureKeyPair(privateKey: key)
            } else {
                signatureKey = try suite.generateSignatureKey(using: &randomness)
            }
            directKey = try suite.generateKeyPair(using: &randomness)
        } catch {
            throw .invalidKey
        }
        do throws(CryptoRefusal) {
            links = LinkBook(try LinkKeys(first, with: Crypto.self))
            for older in identity.links.dropFirst() { links.remember(try LinkKeys(older, with: Crypto.self)) }
        } catch {
            throw .invalidKey
        }
        own = ParticipantID(signatureKey: signatureKey.publicKey, with: Crypto.self)
        hosting = identity.hosting
        self.settings = settings
        rules = MeetingRules(tree: nil, extensions: .none, card: nil)
        courier = Courier(run: UInt32(truncatingIfNeeded: randomness.next()))
    }

    /// - Parameters:
    ///   - now: monotonic.
    ///   - clock: milliseconds since 1970, for what people read.
    public mutating func handle(
        _ input: MemberInput,
        now: Moment,
        clock: UInt64,
        using randomness: inout some Randomness
    ) -> [MemberOutput] {
        self.now = now
        self.clock = clock
        if case .over = arrival { return [] }
        switch input {
        case .opened: open(using: &randomness)
        case .closed: close()
        case .node(let message): receive(message, using: &randomness)
        case .counts(let counts): watch.counts = counts
        case .timeout: handleTimeout(using: &randomness)
        default: follow(input, using: &randomness)
        }
        attend(using: &randomness)
        defer { outputs = [] }
        return outputs
    }

    /// When ``MemberInput/timeout`` is due.
    public var nextDeadline: Moment? {
        var earliest: Moment?
        func consider(_ moment: Moment?) {
            guard let moment else { return }
            earliest = earliest.map { min($0, moment) } ?? moment
        }
        switch arrival {
        case .over: return nil
        case .atDoor(_, let enterAt): consider(enterAt)
        case .inside where isConnected && !isResuming:
            consider(commitDue)
            consider(watch.nextHeartbeat)
            consider(watch.nextLook)
            consider(watch.askAt)
            consider(inFlight?.givenUpAt)
            consider(shortCode?.endsAt)
            fallthrough
        case .inside:
            consider(switchesAt)
            consider(former?.until)
            consider(left.last.map { $0 + Self.lateness })
            consider(refused?.until)
        default: break
        }
        return earliest
    }

    private mutating func handleTimeout(using randomness: inout some Randomness) {
        if case .atDoor(let bundle, let enterAt?) = arrival, enterAt <= now {
            look(with: bundle)
        }
        guard case .inside = arrival else { return }
        if let switchesAt, switchesAt <= now { startSending() }
        if let former, former.until <= now { self.former = nil }
        while let oldest = left.last, oldest + Self.lateness <= now { left.removeLast() }
        group?.forgetPastEpochs(keeping: left.count)
        guard isConnected, !isResuming else { return }
        giveUpRefusing()
        guard case .inside = arrival else { return }
        // The node never said what became of our commit: it goes again, if it is still needed.
        if let inFlight, inFlight.givenUpAt <= now {
            self.inFlight = nil
            if let outpaced, outpaced + .seconds(5) <= now { warn(.withheld, nil, "commit") }
            outpaced = outpaced ?? now
        }
        lookAround(using: &randomness)
        expireShortCode()
    }

    /// How long a commit may be found void, and what is late can still be opened.
    static var lateness: Interval { .seconds(10) }

    /// What is to be done whenever something has happened.
    private mutating func attend(using randomness: inout some Randomness) {
        guard case .inside = arrival, isConnected, !isResuming else { return }
        deliverOutbox(using: &randomness)
        noticeDuty()
        if let due = commitDue, due <= now { makeCommit(using: &randomness) }
    }

    // MARK: outputs

    mutating func send(_ request: NodeRequest) { outputs.append(.send(request)) }
    mutating func tell(_ event: MemberEvent) { outputs.append(.event(event)) }
    mutating func warn(_ kind: Warning.Kind, _ about: ParticipantID? = nil, _ detail: StaticString = "") {
        tell(.warning(Warning(kind, about, detail: detail.bytes)))
    }

    mutating func nextRequest() -> UInt32 {
        lastRequest &+= 1
        if lastRequest == 0 { lastRequest = 1 }
        return lastRequest
    }

    mutating func finish(_ ending: MemberEvent.Ending, by: ParticipantID? = nil, reason: [UInt8] = []) {
        arrival = .over
        group = nil
        former = nil
        left = []
        inFlight = nil
        shortCode = nil
        outputs.append(.frames(.forget))
        tell(.over(ending, by: by, reason: reason))
    }
}
