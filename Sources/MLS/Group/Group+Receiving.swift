// SPDX-License-Identifier: Apache-2.0

import Base

extension Group {
    /// Second rung: checks the membership tag, or decrypts. A private message's key is gone afterwards.
    public mutating func open(_ message: MessageIn) throws(MLSRefusal) -> Unverified<Crypto> {
        if isRemoved { throw .removed }
        switch message.message {
        case .publicMessage(let message):
            return try shared.open(message, membershipKey: secrets.membership)
        case .privateMessage(let message):
            return try open(message)
        case .welcome, .groupInfo, .keyPackage:
            throw .notAHandshakeMessage
        }
    }

    private mutating func open(_ message: PrivateMessage) throws(MLSRefusal) -> Unverified<Crypto> {
        guard message.groupID == groupID else { throw .wrongGroup }
        if message.epoch == epoch {
            let tree = shared.tree
            let opened = try message.unprotect(
                suite,
                senderDataSecret: secrets.senderData,
                secretTree: &secretTree,
                isMember: { tree.leaf($0) != nil }
            )
            return Unverified(
                suite,
                opened,
                context: context,
                publicKey: try shared.signatureKey(of: opened)
            )
        }
        guard message.epoch < epoch else { throw .wrongEpoch }
        // RFC 9420 §12.1, §12.4.2: handshake messages are of the current epoch; only data may be late.
        guard message.contentType == .application,
            let place = past.firstIndex(where: { $0.context.epoch == message.epoch })
        else { throw .epochTooOld }
        let tree = past[place].tree
        let opened = try message.unprotect(
            suite,
            senderDataSecret: past[place].senderData,
            secretTree: &past[place].secretTree,
            isMember: { tree.leaf($0) != nil }
        )
        // The key of whoever had the leaf then.
        guard let leaf = opened.content.sender.leaf, let node = tree.leaf(leaf) else { throw .senderNotAMember }
        return Unverified(suite, opened, context: past[place].context, publicKey: node.signatureKey)
    }

    /// What a verified message does. A proposal is cached; a commit gives a staged epoch and changes nothing yet.
    public mutating func process(
        _ message: Verified<Crypto>,
        rules: some GroupRules,
        preSharedKeys: PreSharedKeys = .none
    ) throws(MLSRefusal) -> Received<Crypto> {
        switch message.message.content.content {
        case .application(let data):
            return .application(try application(message, data))
        case .proposal(let proposal):
            guard message.epoch == epoch else { throw .wrongEpoch }
            let reference = try shared.insert(message, rules: rules)
            return .proposal(reference: reference, proposal, sender: message.sender)
        case .commit:
            guard message.epoch == epoch else { throw .wrongEpoch }
            return .commit(try stage(message, rules: rules, preSharedKeys: preSharedKeys))
        }
    }

    /// All rungs at once.
    public mutating func receive(
        _ bytes: [UInt8],
        rules: some GroupRules,
        preSharedKeys: PreSharedKeys = .none
    ) throws(MLSRefusal) -> Received<Crypto> {
        let verified = try open(MessageIn(decoding: bytes)).verified()
        return try process(verified, rules: rules, preSharedKeys: preSharedKeys)
    }

    private func application(_ message: Verified<Crypto>, _ data: [UInt8]) throws(MLSRefusal) -> ApplicationMessage {
        guard let leaf = message.sender.leaf else { throw .senderNotAMember }
        var then = message.epoch == epoch ? shared.tree : nil
        for epoch in past where epoch.context.epoch == message.epoch { then = epoch.tree }
        guard let node = then?.leaf(leaf) else { throw .senderNotAMember }
        return ApplicationMessage(
            sender: leaf,
            senderNode: node,
            epoch: message.epoch,
            authenticatedData: message.authenticatedData,
            data: data
        )
    }

    /// RFC 9420 §12.4.2.
    private func stage(
        _ message: Verified<Crypto>,
        rules: some GroupRules,
        preSharedKeys: PreSharedKeys
    ) throws(MLSRefusal) -> Staged<Crypto> {
        // Ours is adopted from where it was made: nothing in it is encrypted to us.
        guard message.sender != .member(leaf) else { throw .ownMessage }
        let (next, commit) = try shared.prepare(message, rules: rules)
        if next.list.goes.contains(leaf) { return Staged(change: next.change, outcome: .removed) }
        var keys = keys
        var signatureKey = signatureKey
        try takeUpdate(from: next, &keys, &signatureKey)
        let commitSecret = try openPath(of: commit, next, &keys)
        let schedule = KeySchedule(suite)
        let initSecret =
            if let kemOutput = next.list.externalInit {
                try schedule.externalInit(kemOutput: kemOutput, secrets: secrets)
            } else {
                secrets.initial
            }
        var context = next.context
        context.confirmedTranscriptHash = TranscriptHashes.confirmed(
            suite,
            interimBefore: shared.interimTranscriptHash,
            commit: message.message
        )
        let joiner = try schedule.joinerSecret(initSecret: initSecret, commitSecret: commitSecret, context: context)
        let derived = try schedule.epoch(
            joinerSecret: joiner,
            pskSecret: try pskSecret(next.list.preSharedKeys, preSharedKeys),
            context: context
        )
        // RFC 9420 §12.4.2: the committer arrived at the same epoch.
        guard let tag = message.message.auth.confirmationTag,
            suite.isValidMAC(tag, key: derived.secrets.confirmation, context.confirmedTranscriptHash)
        else { throw .invalidConfirmationTag }
        let group = Group(
            shared: shared.advanced(next, context: context, confirmationTag: tag),
            keys: keys,
            derived: derived,
            signatureKey: signatureKey
        )
        return Staged(change: next.change, outcome: .next(group))
    }

    /// If the commit covers an update of ours, its keys become our leaf's.
    private func takeUpdate(
        from next: NextEpoch<Crypto>,
        _ keys: inout PrivateKeys,
        _ signatureKey: inout SignatureKeyPair
    ) throws(MLSRefusal) {
        keys.drop(outdatedIn: next.tree)
        for update in next.list.updates where update.leaf == leaf {
            var found: PendingUpdate?
            for pending in pendingUpdates where pending.encryptionKeyPair.publicKey == update.node.encryptionKey {
                found = pending
            }
            guard let found else { throw .noPathForUs }
            keys.set(leaf.node, found.encryptionKeyPair)
            signatureKey = found.signatureKey
        }
    }

    private func openPath(
        of commit: Commit,
        _ next: NextEpoch<Crypto>,
        _ keys: inout PrivateKeys
    ) throws(MLSRefusal) -> Secret {
        guard let path = commit.path, let committer = next.change.path?.leaf else {
            return .zeros(suite.secretLength)
        }
        return try keys.open(
            suite,
            path,
            from: committer,
            tree: next.tree,
            excluding: next.excluded,
            context: next.context.encoded
        ).commitSecret
    }

    /// Goes to the staged epoch; the old one's secrets go, but for what late messages need.
    public mutating func adopt(_ staged: Staged<Crypto>) throws(MLSRefusal) {
        guard staged.change.before == context, !isRemoved else { throw .nothingStaged }
        switch staged.outcome {
        case .removed:
            forgetSecrets()
        case .next(var next):
            // The ratchets as they are now: keys used since the commit was staged stay used (RFC 9420 §9.2).
            let over = PastEpoch(
                context: context,
                tree: shared.tree,
                senderData: secrets.senderData,
                secretTree: secretTree
            )
            next.past = Array(([over] + past).prefix(shared.limits.pastEpochs))
            next.resumption = Array((next.resumption + resumption).prefix(max(1, shared.limits.resumptionKeys)))
            self = next
        }
    }

    /// An earlier state of this group, for when its successor turns out to be void. Keys that late messages have used since
    /// stay used (RFC 9420 §9.2).
    public func returning(to former: Group) -> Group {
        var former = former
        for epoch in past where epoch.context == former.context { former.secretTree = epoch.secretTree }
        return former
    }

    private mutating func forgetSecrets() {
        isRemoved = true
        let none = Secret([])
        secrets = EpochSecrets(
            senderData: none,
            exporter: none,
            external: none,
            confirmation: none,
            membership: none,
            resumption: none,
            authenticator: none,
            initial: none
        )
        secretTree = SecretTree(suite, width: .one, encryptionSecret: none)
        keys = PrivateKeys(leaf: keys.leaf, pairs: SortedMap())
        pendingUpdates = []
        past = []
        resumption = []
    }
}
