// SPDX-License-Identifier: Apache-2.0

import Base
import Membership
import SFrame
import Testing
import Transport

@testable import Participant

@Suite("Frames of one track")
struct TrackReceiverTests {
    private let group = FrameGroup()
    private let voice = TrackID(participant: FrameGroup.ana, source: .microphone)

    private func deliver(_ frame: [UInt8], _ number: UInt64, to receiver: TrackReceiver, at now: Moment) {
        frame.withUnsafeBytes {
            receiver.receive($0, sequenceNumber: number, timestamp: UInt32(number), marker: false, now: now)
        }
    }

    private func sound(_ cipher: FrameCipher, at now: Moment) throws -> [UInt8] {
        let made = SyntheticFrame.make(.opus, isKeyFrame: false, number: 0, length: 60, now: now)
        return try cipher.seal(made.bytes, clear: made.clear, as: .microphone)
    }

    @Test("opened frames are counted with their latency, and the switch of epochs with its gap")
    func counting() throws {
        let ana = group.cipher(of: FrameGroup.ana)
        let ben = group.cipher(of: FrameGroup.ben)
        let receiver = TrackReceiver(voice, codec: .opus, cipher: ben)
        var now = Moment.start
        for number in 0..<3 {
            deliver(try sound(ana, at: now), UInt64(number), to: receiver, at: now + .milliseconds(5))
            now = now + .milliseconds(20)
        }
        group.enter(ben, as: FrameGroup.ben, 2)
        group.enter(ana, as: FrameGroup.ana, 2)
        now = now + .milliseconds(70)
        deliver(try sound(ana, at: now), 3, to: receiver, at: now + .milliseconds(5))
        let statistics = receiver.statistics
        #expect(statistics.opened == 4)
        #expect(statistics.refusedFrames == 0)
        #expect(statistics.epochGaps.map(\.epoch) == [2])
        #expect(statistics.epochGaps.map(\.gap) == [.milliseconds(90)])
        #expect(statistics.longestGap == .milliseconds(90))
        let latency = try #require(statistics.latency.microseconds(at: 0.5))
        #expect((5_000...5_300).contains(latency))
    }

    @Test("a frame whose keys are on their way waits for them, for a second")
    func waiting() throws {
        let ana = group.cipher(of: FrameGroup.ana)
        let ben = group.cipher(of: FrameGroup.ben)
        let receiver = TrackReceiver(voice, codec: .opus, cipher: ben)
        group.enter(ana, as: FrameGroup.ana, 2)
        deliver(try sound(ana, at: .start), 1, to: receiver, at: .start)
        receiver.tick(now: .start + .milliseconds(500))
        #expect(receiver.statistics.opened == 0)
        group.enter(ben, as: FrameGroup.ben, 2)
        receiver.tick(now: .start + .milliseconds(600))
        #expect(receiver.statistics.opened == 1)
        group.enter(ana, as: FrameGroup.ana, 3)
        deliver(try sound(ana, at: .start), 2, to: receiver, at: .start)
        receiver.tick(now: .start + .milliseconds(1_001))
        #expect(receiver.statistics.refused == [.sframe(.unknownKeyID): 1])
    }

    @Test("frames from before one came in are nobody's fault, and counted apart")
    func beforeEntry() throws {
        let ana = group.cipher(of: FrameGroup.ana, epoch: 6)
        let ben = group.cipher(of: FrameGroup.ben, epoch: 7)
        let receiver = TrackReceiver(voice, codec: .opus, cipher: ben)
        deliver(try sound(ana, at: .start), 1, to: receiver, at: .start)
        #expect(receiver.statistics.beforeEntry == 1)
        #expect(receiver.statistics.refused.isEmpty)
        // Nobody seals with that epoch for ever: whatever says so later is refused.
        ben.tick(now: .start + .seconds(11))
        deliver(try sound(ana, at: .start), 2, to: receiver, at: .start)
        #expect(receiver.statistics.refused == [.sframe(.unknownKeyID): 1])
        group.enter(ana, as: FrameGroup.ana, 7)
        deliver(try sound(ana, at: .start), 3, to: receiver, at: .start)
        #expect(receiver.statistics.opened == 1)
    }

    @Test("what waits for keys is bounded")
    func waitingLimit() throws {
        let ana = group.cipher(of: FrameGroup.ana, epoch: 2)
        let ben = group.cipher(of: FrameGroup.ben)
        let receiver = TrackReceiver(voice, codec: .opus, cipher: ben)
        for number in UInt64(0)..<100 { deliver(try sound(ana, at: .start), number, to: receiver, at: .start) }
        #expect(receiver.statistics.refused == [.sframe(.unknownKeyID): 36])
        group.enter(ben, as: FrameGroup.ben, 2)
        receiver.tick(now: .start)
        #expect(receiver.statistics.opened == 64)
    }

    @Test("refusals are counted by reason, and the same frame twice as one")
    func refusals() throws {
        let ana = group.cipher(of: FrameGroup.ana)
        let ben = group.cipher(of: FrameGroup.ben)
        let receiver = TrackReceiver(voice, codec: .opus, cipher: ben)
        let frame = try sound(ana, at: .start)
        deliver(frame, 1, to: receiver, at: .start)
        deliver(frame, 2, to: receiver, at: .start)
        deliver(
            SyntheticFrame.make(.opus, isKeyFrame: false, number: 0, length: 60, now: .start).bytes,
            3,
            to: receiver,
            at: .start
        )
        deliver(try ana.seal([1, 2, 3], clear: 0, as: .screenAudio), 4, to: receiver, at: .start)
        var changed = try sound(ana, at: .start)
        changed[changed.count - 1] ^= 1
        deliver(changed, 5, to: receiver, at: .start)
        let statistics = receiver.statistics
        #expect(statistics.opened == 1)
        #expect(statistics.repeated == 1)
        #expect(statistics.refused[.misattributed] == 1)
        #expect(statistics.refused[.sframe(.authenticationFailed)] == 1)
        // Read as a header, the beginning of the plain frame names the epoch before ours.
        #expect(statistics.beforeEntry == 1)
        #expect(statistics.refusedFrames == 2)
    }
}
