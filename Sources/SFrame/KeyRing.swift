// SPDX-License-Identifier: Apache-2.0

public import Base

/// The frame keys of one member of an MLS group: a few epochs to open with, one of them to seal with (RFC 9605 §5.2).
///
/// New epochs can open at once; sealing moves on when the caller says so (when the others have the epoch, or in a
/// hurry when somebody was removed). A frame is opened with the key that it names or not at all.
public struct KeyRing<Crypto: CryptoProvider>: Sendable {
    /// The label for MLS-Exporter; its context is empty and its length ``SFrameSuite/keyLength`` (RFC 9605 §5.2).
    public static var exporterLabel: String { "SFrame 1.0 Base Key" }

    public let suite: SFrameSuite
    /// `E`.
    public let epochBits: Int
    /// This member's leaf.
    public let ownLeaf: UInt32
    public let origin: SendingCounter.Origin
    public private(set) var sendingEpoch: UInt64?
    /// The newest epoch ever held.
    public private(set) var newestEpoch: UInt64?

    /// By the epoch's low bits.
    var epochs = SortedMap<UInt64, EpochKeys>()

    /// - Parameter ownLeaf: the leaf index of this member, which stays the same for as long as it is in the group.
    public init(suite: SFrameSuite, epochBits: Int = 6, ownLeaf: UInt32, origin: SendingCounter.Origin)
        throws(SFrameRefusal)
    {
        _ = try KeyIDLayout(epochBits: epochBits, leafWidth: 1)
        self.suite = suite
        self.epochBits = epochBits
        self.ownLeaf = ownLeaf
        self.origin = origin
    }

    /// Epochs held, lowest first.
    public var heldEpochs: [UInt64] {
        var held = SortedSet<UInt64>()
        for (_, keys) in epochs { held.insert(keys.epoch) }
        return held.elements
    }

    /// When ``handleTimeout(now:)`` has something to do.
    public var nextDeadline: Moment? {
        var earliest: Moment?
        for (_, keys) in epochs {
            guard let expires = keys.expires else { continue }
            earliest = earliest.map { min($0, expires) } ?? expires
        }
        return earliest
    }

    /// Takes in an epoch. An older one with the same low bits goes (RFC 9605 §5.2: MUST).
    ///
    /// Epochs only go up: one that was held before would come back without memory of the counters used in it.
    public mutating func addEpoch(_ epoch: UInt64, leafWidth: UInt32, baseKey: Secret) throws(SFrameRefusal) {
        let layout = try KeyIDLayout(epochBits: epochBits, leafWidth: leafWidth)
        guard baseKey.count == suite.keyLength else { throw .invalidKey }
        guard ownLeaf < leafWidth else { throw .invalidKeyID }
        let low = layout.lowBits(of: epoch)
        if let newestEpoch, epoch <= newestEpoch { throw .staleEpoch }
        if let sendingEpoch, layout.lowBits(of: sendingEpoch) == low { self.sendingEpoch = nil }
        newestEpoch = epoch
        epochs[low] = EpochKeys(epoch: epoch, layout: layout, baseKey: baseKey)
    }

    /// Seals with this epoch from now on. Earlier epochs only open, for ten seconds more.
    ///
    /// When a later epoch was given up (``removeEpoch(_:)``), an earlier one may seal again: it counts from a random number
    /// then, and lives on.
    public mutating func startSending(in epoch: UInt64, now: Moment) throws(SFrameRefusal) {
        guard keys(of: epoch) != nil else { throw .unknownKeyID }
        if let sendingEpoch, epoch < sendingEpoch { throw .staleEpoch }
        sendingEpoch = epoch
        epochs[epoch & mask]?.expires = nil
        let expiry = now + .seconds(SFrameLimits.oldEpochSeconds)
        for (low, keys) in epochs where keys.epoch < epoch {
            epochs[low]?.sending = SortedMap()
            epochs[low]?.wasLeft = true
            if keys.expires == nil { epochs[low]?.expires = expiry }
        }
    }

    /// What a snapshot says about sending; the old epochs' deadlines are in it too.
    mutating func resume(sendingEpoch: UInt64?, newestEpoch: UInt64?) throws(SFrameRefusal) {
        if let sendingEpoch {
            guard keys(of: sendingEpoch) != nil else { throw .malformedSnapshot }
        }
        if let held = self.newestEpoch {
            guard let newestEpoch, newestEpoch >= held else { throw .malformedSnapshot }
        }
        self.sendingEpoch = sendingEpoch
        self.newestEpoch = newestEpoch
    }

    /// Forgets the epochs whose time is over.
    public mutating func handleTimeout(now: Moment) {
        for (low, keys) in epochs {
            if let expires = keys.expires, expires <= now { epochs[low] = nil }
        }
    }

    /// Forgets an epoch at once.
    public mutating func removeEpoch(_ epoch: UInt64) {
        guard keys(of: epoch) != nil else { return }
        epochs[epoch & mask] = nil
        if sendingEpoch == epoch { sendingEpoch = nil }
    }

    // MARK: Sealing

    /// Spends a counter of the stream `context`.
    public mutating func planSealing(
        context: UInt64,
        metadata: [UInt8] = [],
        using randomness: inout some Randomness
    ) throws(SFrameRefusal) -> SealingPlan {
        guard metadata.count <= SFrameLimits.metadata else { throw .tooLong }
        guard let sendingEpoch else { throw .nothingToSealWith }
        let low = sendingEpoch & mask
        if epochs[low]?.sending[context] == nil {
            guard let keys = keys(of: sendingEpoch) else { throw .nothingToSealWith }
            guard keys.sending.count < SFrameLimits.contextsPerSender else { throw .tooManyContexts }
            let keyID = try keys.layout.keyID(epoch: sendingEpoch, sender: ownLeaf, context: context)
            let key = try SFrameKey(deriving: suite, keyID: keyID, baseKey: keys.baseKey, with: Crypto.self)
            let counter = SendingCounter(keys.wasLeft ? .restored : origin, using: &randomness)
            epochs[low]?.sending[context] = EpochKeys.Sending(key: key, counter: counter)
        }
        // In place: a copy taken out and put back would copy the whole dictionary for every frame.
        guard
            let counter = try epochs[low]?.sending[context]?.counter.take(),
            let key = epochs[low]?.sending[context]?.key
        else { throw .nothingToSealWith }
        return SealingPlan(key: key, counter: counter, metadata: metadata)
    }

    /// Plans and seals.
    public mutating func seal(
        _ plaintext: [UInt8],
        context: UInt64,
        metadata: [UInt8] = [],
        using randomness: inout some Randomness
    ) throws(SFrameRefusal) -> [UInt8] {
        try planSealing(context: context, metadata: metadata, using: &randomness).seal(plaintext, with: Crypto.self)
    }

    // MARK: Opening

    /// Changes nothing: whatever the frame says is hearsay until its tag was checked.
    public func planOpening(_ frame: [UInt8], metadata: [UInt8] = []) throws(SFrameRefusal) -> OpeningPlan {
        guard frame.count <= SFrameLimits.frame, metadata.count <= SFrameLimits.metadata else { throw .tooLong }
        var reader = ByteReader(frame)
        let header = try SFrameHeader(reading: &reader)
        let headerLength = frame.count - reader.remaining
        guard let keys = epochs[header.keyID & mask] else { throw .unknownKeyID }
        let parts = keys.layout.parts(of: header.keyID)
        guard parts.sender < keys.layout.leafWidth else { throw .unknownKeyID }
        guard parts.sender != ownLeaf else { throw .ownKeyID }
        guard reader.remaining >= suite.tagLength else { throw .authenticationFailed }
        var tag: UInt64 = 0
        for byte in frame.suffix(suite.tagLength).prefix(8) { tag = tag << 8 | UInt64(byte) }
        let key: SFrameKey
        if let held = keys.receiving[header.keyID] {
            _ = try held.window.judge(header.counter, tag: tag)
            key = held.key
        } else {
            guard keys.contexts[parts.sender] ?? 0 < SFrameLimits.contextsPerSender else { throw .tooManyContexts }
            key = try SFrameKey(deriving: suite, keyID: header.keyID, baseKey: keys.baseKey, with: Crypto.self)
        }
        return OpeningPlan(
            key: key,
            epoch: keys.epoch,
            sender: parts.sender,
            context: parts.context,
            counter: header.counter,
            headerLength: headerLength,
            nonce: key.nonce(for: header.counter),
            additionalData: Array(frame[..<headerLength]) + metadata,
            tag: tag
        )
    }

    /// Records a frame whose tag was right. Plans may be accepted in any order, and what changed in between counts.
    public mutating func accept(_ plan: OpeningPlan) throws(SFrameRefusal) -> FrameOrigin {
        let low = plan.epoch & mask
        guard epochs[low]?.epoch == plan.epoch else { throw .unknownKeyID }
        let keyID = plan.key.keyID
        let verdict: ReplayWindow.Verdict
        // In place, as in planning.
        if let known = try epochs[low]?.receiving[keyID]?.window.accept(plan.counter, tag: plan.tag) {
            verdict = known
        } else {
            guard epochs[low]?.contexts[plan.sender] ?? 0 < SFrameLimits.contextsPerSender else {
                throw .tooManyContexts
            }
            var window = ReplayWindow(floor: epochs[low]?.floors[keyID] ?? 0)
            verdict = try window.accept(plan.counter, tag: plan.tag)
            epochs[low]?.receiving[keyID] = EpochKeys.Receiving(key: plan.key, window: window)
            epochs[low]?.contexts[plan.sender, default: 0] += 1
        }
        return FrameOrigin(
            epoch: plan.epoch,
            sender: plan.sender,
            context: plan.context,
            counter: plan.counter,
            isRepeat: verdict == .exactRepeat
        )
    }

    /// Plans, opens and accepts.
    public mutating func open(_ frame: [UInt8], metadata: [UInt8] = []) throws(SFrameRefusal) -> OpenedFrame {
        let plan = try planOpening(frame, metadata: metadata)
        let plaintext = try plan.open(frame, with: Crypto.self)
        return OpenedFrame(plaintext: plaintext, origin: try accept(plan))
    }

    private var mask: UInt64 { 1 << UInt64(epochBits) - 1 }

    private func keys(of epoch: UInt64) -> EpochKeys? {
        guard let keys = epochs[epoch & mask], keys.epoch == epoch else { return nil }
        return keys
    }
}
