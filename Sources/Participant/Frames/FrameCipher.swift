// SPDX-License-Identifier: Apache-2.0

import Base
import Membership
import NativeCrypto
import SFrame

/// Seals what one participant publishes and opens what it receives.
///
/// Confined to the media loop's thread. Keys come to it as messages of that loop, so no frame waits for a lock.
final class FrameCipher: FrameSealer {
    /// Frames sealed so far, in the order of SFrame's contexts.
    private(set) var sealed = [UInt32](repeating: 0, count: TrackSource.allCases.count)
    private(set) var sealingRefused: [FrameRefusal: Int] = [:]
    /// Rises whenever keys come: a frame that found none may then be tried again.
    private(set) var generation = 0

    private var ring: KeyRing<NativeCrypto>?
    /// The ring before, for as long as its frames may be on their way. A ring's epochs only go up, so there is a second one
    /// when the group gives up an epoch and reaches its number again another way.
    private var former: KeyRing<NativeCrypto>?
    private var formerExpires: Moment?
    /// The one in which we came in.
    private var firstEpoch: UInt64?
    /// Until then the others may still seal with an epoch before it.
    private var entryEnds: Moment?
    private var newestEpoch: UInt64?
    /// Whose leaf is which, by epoch.
    private var holders: [UInt64: [ParticipantID?]] = [:]
    private var present: Set<ParticipantID> = []
    private var deadline: Moment?
    private var randomness = SystemRandomness()

    /// How far ahead of the newest epoch another may be for its keys to be on their way.
    private static let ahead: UInt64 = 2
    /// How far before the first epoch another may be to be one that those who were in it still seal with.
    private static let before: UInt64 = 16

    var sendingEpoch: UInt64? { ring?.sendingEpoch ?? former?.sendingEpoch }

    /// A change that the ring refuses leaves it as it is: frames of that epoch then don't open, and are counted.
    func apply(_ change: FrameKeyChange, now: Moment) {
        switch change {
        case .addEpoch(let epoch): add(epoch, now: now)
        case .startSending(let epoch):
            try? ring?.startSending(in: epoch, now: now)
            if former != nil, formerExpires == nil, ring?.sendingEpoch == epoch {
                formerExpires = now + .seconds(SFrameLimits.oldEpochSeconds)
            }
        case .voidEpoch(let epoch):
            ring?.removeEpoch(epoch)
            holders[epoch] = nil
            setNewest(holders.keys.max())
        case .forget:
            ring = nil
            former = nil
            holders = [:]
            firstEpoch = nil
            entryEnds = nil
            setNewest(nil)
        }
        settle()
    }

    /// Forgets the epochs whose time is over.
    func tick(now: Moment) {
        guard let deadline, deadline <= now else { return }
        ring?.handleTimeout(now: now)
        former?.handleTimeout(now: now)
        if let formerExpires, formerExpires <= now { former = nil }
        if let entryEnds, entryEnds <= now { self.entryEnds = nil }
        settle()
    }

    func seal(_ frame: [UInt8], clear: Int, as source: TrackSource) throws(FrameRefusal) -> [UInt8] {
        do throws(FrameRefusal) {
            guard frame.count >= clear else { throw .tooShort }
            let metadata = Array(frame[..<clear])
            let plan = try plan(metadata, as: source)
            do throws(SFrameRefusal) {
                let sealed = try plan.seal(clear == 0 ? frame : Array(frame[clear...]), with: NativeCrypto.self)
                self.sealed[Int(source.context)] &+= 1
                return clear == 0 ? sealed : metadata + sealed
            } catch {
                throw .sframe(error)
            }
        } catch {
            sealingRefused[error, default: 0] += 1
            throw error
        }
    }

    /// Opens a frame that is said to be of `track`. Only the leaf of its participant can have sealed it, as that source.
    func open(
        _ frame: [UInt8],
        clear: Int,
        of track: TrackID
    ) throws(FrameRefusal) -> (plaintext: [UInt8], origin: FrameOrigin) {
        guard frame.count >= clear else { throw .tooShort }
        guard ring != nil else { throw .noKeys }
        let metadata = Array(frame[..<clear])
        let sealed = clear == 0 ? frame : Array(frame[clear...])
        let opening: (plan: OpeningPlan, isFormer: Bool)
        let plaintext: [UInt8]
        do throws(SFrameRefusal) {
            opening = try planOpening(sealed, metadata)
            plaintext = try opening.plan.open(sealed, with: NativeCrypto.self)
        } catch {
            throw error == .unknownKeyID && isBeforeEntry(sealed) ? .beforeEntry : .sframe(error)
        }
        // Before it is accepted: a frame passed off as another's doesn't spend the counter of the one it is.
        let leaves = holders[opening.plan.epoch] ?? []
        guard opening.plan.sender < UInt32(leaves.count),
            leaves[Int(opening.plan.sender)] == track.participant,
            opening.plan.context == UInt64(track.source.context)
        else { throw .misattributed }
        guard present.contains(track.participant) else { throw .departed }
        do throws(SFrameRefusal) {
            // In place: a ring taken out and put back would be copied for every frame.
            let origin = opening.isFormer ? try former?.accept(opening.plan) : try ring?.accept(opening.plan)
            guard let origin else { throw SFrameRefusal.unknownKeyID }
            return (plaintext, origin)
        } catch {
            throw .sframe(error)
        }
    }

    /// Whether the keys of a frame that found none may be on their way.
    ///
    /// - Parameter frame: from the SFrame header on.
    func mayComeKeys(for frame: ArraySlice<UInt8>) -> Bool {
        guard let ring, let newestEpoch, let keyID = keyID(of: frame) else { return false }
        let mask: UInt64 = 1 << UInt64(ring.epochBits) - 1
        return (1...Self.ahead).contains((keyID &- newestEpoch) & mask)
    }

    private func isBeforeEntry(_ sealed: [UInt8]) -> Bool {
        guard entryEnds != nil, let ring, let firstEpoch, let keyID = keyID(of: sealed[...]) else { return false }
        let mask: UInt64 = 1 << UInt64(ring.epochBits) - 1
        return (1...Self.before).contains((firstEpoch &- keyID) & mask)
    }

    /// What a frame claims. Its lowest bits are the epoch's.
    private func keyID(of frame: ArraySlice<UInt8>) -> UInt64? {
        var reader = ByteReader(frame.prefix(17))
        return try? SFrameHeader(reading: &reader).keyID
    }

    private func plan(_ metadata: [UInt8], as source: TrackSource) throws(FrameRefusal) -> SealingPlan {
        do throws(SFrameRefusal) {
            let context = UInt64(source.context)
            let plan =
                ring?.sendingEpoch == nil && former?.sendingEpoch != nil
                ? try former?.planSealing(context: context, metadata: metadata, using: &randomness)
                : try ring?.planSealing(context: context, metadata: metadata, using: &randomness)
            guard let plan else { throw SFrameRefusal.nothingToSealWith }
            return plan
        } catch {
            throw error == .nothingToSealWith ? .noKeys : .sframe(error)
        }
    }

    private func planOpening(
        _ sealed: [UInt8],
        _ metadata: [UInt8]
    ) throws(SFrameRefusal) -> (plan: OpeningPlan, isFormer: Bool) {
        guard let ring else { throw .unknownKeyID }
        do throws(SFrameRefusal) {
            return (try ring.planOpening(sealed, metadata: metadata), false)
        } catch {
            guard error == .unknownKeyID, let former else { throw error }
            return (try former.planOpening(sealed, metadata: metadata), true)
        }
    }

    private func add(_ epoch: FrameKeyChange.Epoch, now: Moment) {
        let isNext = ring?.newestEpoch.map { epoch.epoch > $0 } ?? true
        if ring?.ownLeaf != epoch.ownLeaf || !isNext {
            former = ring
            formerExpires = nil
            // Keys made in this process and never stored: counters may begin at zero (``SendingCounter``). Not where an epoch's
            // number comes a second time: should it be the same epoch, its counters have been used.
            let origin: SendingCounter.Origin = isNext ? .fresh : .restored
            ring = try? KeyRing(suite: .aes128GCMSHA256, ownLeaf: epoch.ownLeaf, origin: origin)
        }
        guard (try? ring?.addEpoch(epoch.epoch, leafWidth: epoch.leafWidth, baseKey: epoch.baseKey)) != nil else {
            return
        }
        var leaves = [ParticipantID?](repeating: nil, count: Int(epoch.leafWidth))
        for member in epoch.members where member.leaf < epoch.leafWidth {
            leaves[Int(member.leaf)] = member.participant
        }
        holders[epoch.epoch] = leaves
        if firstEpoch == nil {
            firstEpoch = epoch.epoch
            entryEnds = now + .seconds(SFrameLimits.oldEpochSeconds)
        }
        setNewest(epoch.epoch)
        generation += 1
    }

    private func setNewest(_ epoch: UInt64?) {
        newestEpoch = epoch
        present = Set(epoch.flatMap { holders[$0] }?.compactMap(\.self) ?? [])
    }

    private func settle() {
        let held = (ring?.heldEpochs ?? []) + (former?.heldEpochs ?? [])
        holders = holders.filter { held.contains($0.key) }
        let deadlines = [ring?.nextDeadline, former?.nextDeadline, former == nil ? nil : formerExpires, entryEnds]
        deadline = deadlines.compactMap(\.self).min()
    }
}
