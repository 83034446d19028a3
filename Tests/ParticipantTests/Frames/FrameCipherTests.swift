// SPDX-License-Identifier: Apache-2.0

import Base
import Membership
import SFrame
import Testing
import Transport

@testable import Participant

@Suite("Frames between members")
struct FrameCipherTests {
    private let group = FrameGroup()
    private let voice = TrackID(participant: FrameGroup.ana, source: .microphone)
    private let camera = TrackID(participant: FrameGroup.ana, source: .camera)

    @Test("what one member seals the other opens, clear bytes and all")
    func roundTrip() throws {
        let ana = group.cipher(of: FrameGroup.ana)
        let ben = group.cipher(of: FrameGroup.ben)
        let frame = Array("0123456789 and the rest".utf8)
        let sealed = try ana.seal(frame, clear: 10, as: .camera)
        #expect(Array(sealed.prefix(10)) == Array(frame.prefix(10)))
        let opened = try ben.open(sealed, clear: 10, of: camera)
        #expect(opened.plaintext == Array(frame.dropFirst(10)))
        #expect(ana.sealed == [0, 1, 0, 0])
    }

    @Test("a clear byte that was changed is noticed")
    func clearBytes() throws {
        let ana = group.cipher(of: FrameGroup.ana)
        let ben = group.cipher(of: FrameGroup.ben)
        var sealed = try ana.seal(Array("a frame of a picture".utf8), clear: 3, as: .camera)
        sealed[1] ^= 1
        #expect(throws: FrameRefusal.sframe(.authenticationFailed)) {
            try ben.open(sealed, clear: 3, of: camera)
        }
    }

    @Test("a frame passed off as somebody else's, or as another stream, isn't opened and costs its sender nothing")
    func attribution() throws {
        let ana = group.cipher(of: FrameGroup.ana)
        var crowd = group
        crowd.members.append(FrameGroup.cleo)
        let sealed = try ana.seal([1, 2, 3], clear: 0, as: .microphone)
        let ben = group.cipher(of: FrameGroup.ben)
        #expect(throws: FrameRefusal.misattributed) { try ben.open(sealed, clear: 0, of: camera) }
        #expect(throws: FrameRefusal.misattributed) {
            try ben.open(sealed, clear: 0, of: TrackID(participant: FrameGroup.cleo, source: .microphone))
        }
        #expect(try ben.open(sealed, clear: 0, of: voice).origin.isRepeat == false)
    }

    @Test("plain frames are refused, whatever they look like")
    func plain() throws {
        let ben = group.cipher(of: FrameGroup.ben)
        let made = SyntheticFrame.make(.opus, isKeyFrame: false, number: 1, length: 90, now: .start)
        #expect(throws: FrameRefusal.self) { try ben.open(made.bytes, clear: made.clear, of: voice) }
        #expect(throws: FrameRefusal.self) { try ben.open([], clear: 0, of: voice) }
        #expect(throws: FrameRefusal.tooShort) { try ben.open([0x10], clear: 10, of: camera) }
    }

    @Test("without keys nothing is sealed and nothing opened")
    func outside() throws {
        let stranger = FrameCipher()
        #expect(throws: FrameRefusal.noKeys) { try stranger.seal([1], clear: 0, as: .microphone) }
        let ana = group.cipher(of: FrameGroup.ana)
        let sealed = try ana.seal([1], clear: 0, as: .microphone)
        #expect(throws: FrameRefusal.noKeys) { try stranger.open(sealed, clear: 0, of: voice) }
        ana.apply(.forget, now: .start)
        #expect(throws: FrameRefusal.noKeys) { try ana.seal([1], clear: 0, as: .microphone) }
    }

    @Test("an old epoch's frames open for ten seconds after the switch, and not after")
    func oldEpoch() throws {
        let ana = group.cipher(of: FrameGroup.ana)
        let ben = group.cipher(of: FrameGroup.ben)
        let late = try (0..<2).map { _ in try ana.seal([7], clear: 0, as: .microphone) }
        group.enter(ben, as: FrameGroup.ben, 2)
        ben.tick(now: .start + .seconds(9))
        _ = try ben.open(late[0], clear: 0, of: voice)
        ben.tick(now: .start + .seconds(11))
        #expect(throws: FrameRefusal.sframe(.unknownKeyID)) { try ben.open(late[1], clear: 0, of: voice) }
    }

    @Test("somebody who has left the group isn't heard with the old key either")
    func departed() throws {
        let ana = group.cipher(of: FrameGroup.ana)
        let ben = group.cipher(of: FrameGroup.ben)
        var after = group
        after.members[0] = nil
        after.enter(ben, as: FrameGroup.ben, 2)
        let sealed = try ana.seal([7], clear: 0, as: .microphone)
        #expect(throws: FrameRefusal.departed) { try ben.open(sealed, clear: 0, of: voice) }
    }

    @Test("an epoch that the group gives up is nobody's, and its number may come again with other keys")
    func voidEpoch() throws {
        let ana = group.cipher(of: FrameGroup.ana)
        let ben = group.cipher(of: FrameGroup.ben)
        for (cipher, who) in [(ana, FrameGroup.ana), (ben, FrameGroup.ben)] { group.enter(cipher, as: who, 2) }
        let void = try ana.seal([7], clear: 0, as: .microphone)
        for cipher in [ana, ben] {
            cipher.apply(.voidEpoch(2), now: .start)
            cipher.apply(.startSending(epoch: 1), now: .start)
        }
        #expect(throws: FrameRefusal.sframe(.unknownKeyID)) { try ben.open(void, clear: 0, of: voice) }
        let back = try ana.seal([8], clear: 0, as: .microphone)
        #expect(try ben.open(back, clear: 0, of: voice).origin.epoch == 1)
        var other = group
        other.branch = 1
        for (cipher, who) in [(ana, FrameGroup.ana), (ben, FrameGroup.ben)] {
            cipher.apply(other.epoch(2, for: who), now: .start)
        }
        // Still with the first epoch, which the former ring holds.
        #expect(ana.sendingEpoch == 1)
        let between = try ana.seal([9], clear: 0, as: .microphone)
        #expect(try ben.open(between, clear: 0, of: voice).plaintext == [9])
        for cipher in [ana, ben] { cipher.apply(.startSending(epoch: 2), now: .start) }
        let again = try ana.seal([10], clear: 0, as: .microphone)
        #expect(try ben.open(again, clear: 0, of: voice).origin.epoch == 2)
        #expect(throws: FrameRefusal.self) { try ben.open(void, clear: 0, of: voice) }
    }

    @Test("keys of the next two epochs may be on their way, those of others not")
    func early() throws {
        let ben = group.cipher(of: FrameGroup.ben, epoch: 5)
        for (epoch, mayCome): (UInt64, Bool) in [(4, false), (5, false), (6, true), (7, true), (8, false)] {
            let ana = group.cipher(of: FrameGroup.ana, epoch: epoch)
            let sealed = try ana.seal([1], clear: 0, as: .microphone)
            #expect(ben.mayComeKeys(for: sealed[...]) == mayCome)
        }
        #expect(!ben.mayComeKeys(for: []))
    }
}
