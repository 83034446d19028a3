// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import NativeCrypto
import SFrame
import TestSupport

/// What seals and opens one member's frames, as a client's frame worker does (`web/crypto/frame-epochs.js`): fed by the
/// member's key changes alone.
final class Booth {
    enum Refusal: Error, Hashable {
        /// It opens, but isn't of whom the node says or of the source it says.
        case misattributed
        /// Of somebody who was in its epoch and isn't in the newest any more.
        case departed
        case noKeys
    }

    private struct Held {
        let ring: Int
        let members: [UInt32: ParticipantID]
    }

    let member: SimulatedMember
    private var rings: [KeyRing<NativeCrypto>] = []
    private var held: [UInt64: Held] = [:]
    private var sending: UInt64?
    private var seen = 0
    private var randomness: SeededRandomness

    init(_ member: SimulatedMember) {
        self.member = member
        randomness = SeededRandomness(seed: member.id.rawValue)
    }

    /// Takes over what has changed.
    func follow(_ now: Moment) throws {
        for change in member.frames[seen...] {
            switch change {
            case .addEpoch(let epoch): try add(epoch)
            case .startSending(let epoch):
                guard let ring = held[epoch]?.ring else { throw Refusal.noKeys }
                try rings[ring].startSending(in: epoch, now: now)
                sending = epoch
            case .voidEpoch(let epoch):
                if let ring = held.removeValue(forKey: epoch)?.ring { rings[ring].removeEpoch(epoch) }
                if sending == epoch { sending = nil }
            case .forget: (rings, held, sending) = ([], [:], nil)
            }
        }
        seen = member.frames.count
        for index in rings.indices { rings[index].handleTimeout(now: now) }
    }

    private func add(_ epoch: FrameKeyChange.Epoch) throws {
        let newest = rings.last?.newestEpoch
        if rings.last?.ownLeaf != epoch.ownLeaf || newest.map({ epoch.epoch <= $0 }) == true {
            // A number that comes again counts from elsewhere.
            rings.append(try KeyRing(suite: .aes128GCMSHA256, ownLeaf: epoch.ownLeaf, origin: .restored))
        }
        let place = rings.count - 1
        try rings[place].addEpoch(epoch.epoch, leafWidth: epoch.leafWidth, baseKey: epoch.baseKey)
        held[epoch.epoch] = Held(ring: place, members: Dictionary(uniqueKeysWithValues: epoch.members))
    }

    func seal(_ text: String, source: UInt64 = 0) throws -> [UInt8] {
        guard let ring = sending.flatMap({ held[$0] })?.ring else { throw Refusal.noKeys }
        return try rings[ring].seal(Array(text.utf8), context: source, using: &randomness)
    }

    /// Opens with the keys that the frame names, or not at all.
    func open(_ frame: [UInt8]) throws -> OpenedFrame {
        var reader = ByteReader(frame)
        let header = try SFrameHeader(reading: &reader)
        guard let entry = held.first(where: { $0.key & 63 == header.keyID & 63 }) else { throw Refusal.noKeys }
        return try rings[entry.value.ring].open(frame)
    }

    /// A frame that the node says is of this participant's source.
    func open(_ frame: [UInt8], of participant: ParticipantID, source: UInt64 = 0) throws -> String {
        let opened = try open(frame)
        guard let entry = held[opened.origin.epoch], entry.members[opened.origin.sender] == participant,
            opened.origin.context == source
        else { throw Refusal.misattributed }
        guard let newest = held.keys.max(), held[newest]?.members.values.contains(participant) == true else {
            throw Refusal.departed
        }
        return String(decoding: opened.plaintext, as: UTF8.self)
    }

    /// Whether it opens at all, whoever it is of.
    func opens(_ frame: [UInt8]) -> Bool { (try? open(frame)) != nil }
}
