// SPDX-License-Identifier: Apache-2.0

public import Base
import Transport

/// The subscriber connection of one viewer: we offer, the client answers (RFC 8829 §5.2). Never more than one offer
/// is outstanding; what changes meanwhile goes into the next.
///
/// Sections are kept for good and used again (``SubscriberSlot``), so that the bundle's first section stays usable
/// and descriptions stay small however many people come and go.
public struct SubscriberNegotiation: Sendable {
    /// Tracks beyond are not offered. A video section takes about 1,000 bytes, and one signalling message holds 256 KiB.
    public static let maximumSlots = 200

    private let sessionID: UInt64
    private var local: LocalTransport
    private var remote: RemoteTransport?
    private var version: UInt64 = 0
    private var nextMid: UInt64 = 0
    private var slots: [SubscriberSlot] = []
    /// The slots differ from what the viewer last agreed to.
    private var isDirty = false
    /// Something ended after the outstanding offer was made.
    private var isOfferOvertaken = false
    public private(set) var isOfferOutstanding = false

    /// - Parameter sessionID: from ``SessionDescription/makeID(using:)``.
    public init(local: LocalTransport, sessionID: UInt64) {
        self.local = local
        self.sessionID = sessionID
    }

    /// The offer that brings the viewer to exactly `wishes`.
    ///
    /// - Parameter restartICE: new credentials, for a viewer whose network changed.
    /// - Returns: `nil` while an offer is outstanding, and when there is nothing to say.
    public mutating func offer(
        _ wishes: [SubscriptionWish],
        restartICE: Bool = false,
        using randomness: inout some Randomness
    ) -> SubscriberOffer? {
        guard !isOfferOutstanding else { return nil }
        end(tracksNotIn: wishes)
        for wish in wishes { take(wish, using: &randomness) }
        let isRestart = restartICE && remote != nil
        guard !slots.isEmpty, isDirty || isRestart else { return nil }
        if isRestart { local.credentials = .make(using: &randomness) }
        version &+= 1
        isOfferOutstanding = true
        isDirty = true
        let entries = slots.compactMap { slot in
            slot.carried.map { SubscriberOffer.Entry(mid: slot.mid, track: $0.track) }
        }
        return SubscriberOffer(
            sdp: description.text,
            entries: entries,
            local: local.credentials,
            isICERestart: isRestart
        )
    }

    /// Takes the viewer's answer. A refused answer leaves the connection as it was; the next offer tries again.
    public mutating func accept(_ answer: String) throws(NegotiationError) -> SubscriberAgreement {
        guard isOfferOutstanding else { throw .noOfferOutstanding }
        isOfferOutstanding = false
        let description: SessionDescription
        do { description = try SessionDescription.parse(answer) } catch { throw .sdp(error) }
        guard description.media.count == slots.count else { throw .sectionsDiffer }
        for (slot, section) in zip(slots, description.media) where section.mid != slot.mid {
            // A refused section may have lost its name.
            guard section.isRejected, section.mid == nil else { throw .sectionsDiffer }
        }
        let remote = try RemoteTransport(description, previous: remote)
        guard remote.setup == .active else { throw .wrongSetup }
        self.remote = remote
        isDirty = isOfferOvertaken
        isOfferOvertaken = false
        var tracks: [SubscribedTrack] = []
        for (index, section) in description.media.enumerated() {
            if let track = slots[index].accepted(section) { tracks.append(track) }
            if section.isRejected {
                slots[index].state = .refused
            } else if case .ended = slots[index].state {
                slots[index].state = .free
            }
        }
        return SubscriberAgreement(tracks: tracks, remote: remote)
    }

    /// Forgets the outstanding offer, which the viewer could not use; the next call of `offer` tries again.
    public mutating func withdraw() {
        isOfferOutstanding = false
    }

    /// The outstanding offer may be answered by another connection object than the former ones, with another certificate:
    /// that of a page that was loaded again.
    public mutating func forgetPeer() {
        remote = nil
    }

    /// These tracks are over. Ones of the same names that come later are others, and are offered anew, even if nobody was
    /// told of the end yet.
    public mutating func end(_ tracks: Set<TrackID>) {
        for index in slots.indices {
            guard let carried = slots[index].carried, tracks.contains(carried.track) else { continue }
            slots[index].state = .ended
            isDirty = true
            isOfferOvertaken = isOfferOutstanding
        }
    }

    // MARK: Slots

    private mutating func end(tracksNotIn wishes: [SubscriptionWish]) {
        let wanted = Set(wishes.map(\.track))
        for index in slots.indices {
            guard let carried = slots[index].carried, !wanted.contains(carried.track) else { continue }
            slots[index].state = .ended
            isDirty = true
        }
    }

    private mutating func take(_ wish: SubscriptionWish, using randomness: inout some Randomness) {
        let isAudio = wish.track.source.isAudio
        var codecs = wish.codecs.filter { $0.isAudio == isAudio }
        if codecs.isEmpty { codecs = SubscriberSlot.codecs(isAudio: isAudio) }
        if let index = slots.firstIndex(where: { $0.carried?.track == wish.track }) {
            guard var carried = slots[index].carried, carried.codecs != codecs else { return }
            // Another order alone is no reason to negotiate.
            if Set(carried.codecs) != Set(codecs) { isDirty = true }
            carried.codecs = codecs
            slots[index].state = .carrying(carried)
            return
        }
        guard let index = vacantSlot(isAudio: isAudio) else { return }
        let ssrc = makeSSRC(avoiding: 0, using: &randomness)
        slots[index].state = .carrying(
            .init(
                track: wish.track,
                codecs: codecs,
                ssrc: ssrc,
                rtxSSRC: makeSSRC(avoiding: ssrc, using: &randomness)
            )
        )
        isDirty = true
    }

    /// A free section of the kind, or a refused one under a new name (RFC 8829 §5.2.2), or a new one.
    private mutating func vacantSlot(isAudio: Bool) -> Int? {
        for (index, slot) in slots.enumerated() where slot.isAudio == isAudio {
            if case .free = slot.state { return index }
        }
        for (index, slot) in slots.enumerated() {
            guard case .refused = slot.state else { continue }
            slots[index] = makeSlot(isAudio: isAudio)
            return index
        }
        guard slots.count < SubscriberNegotiation.maximumSlots else { return nil }
        slots.append(makeSlot(isAudio: isAudio))
        return slots.count - 1
    }

    private mutating func makeSlot(isAudio: Bool) -> SubscriberSlot {
        defer { nextMid += 1 }
        return SubscriberSlot(mid: String(nextMid), isAudio: isAudio, state: .free)
    }

    private func makeSSRC(avoiding other: UInt32, using randomness: inout some Randomness) -> UInt32 {
        while true {
            let ssrc = UInt32(truncatingIfNeeded: randomness.next())
            let isTaken = slots.contains { $0.carried.map { $0.ssrc == ssrc || $0.rtxSSRC == ssrc } ?? false }
            if ssrc != 0, ssrc != other, !isTaken { return ssrc }
        }
    }

    private var description: SessionDescription {
        var description = SessionDescription(id: sessionID, version: version, isICELite: true)
        for slot in slots {
            var section = slot.description
            if !section.isRejected {
                local.describe(&section, setup: .actpass, withCandidates: description.bundle.isEmpty)
                description.bundle.append(slot.mid)
            }
            description.media.append(section)
        }
        return description
    }
}
