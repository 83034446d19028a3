// SPDX-License-Identifier: Apache-2.0

import Base
import Membership
import TestSupport
import Testing
import Transport

@testable import Participant

@Suite("What a participant sends")
struct RTPProducerTests {
    private static let key = Secret([UInt8](repeating: 1, count: 16))
    private static let salt = Secret([UInt8](repeating: 2, count: 12))

    private let sealer: SRTPSealer
    private let opener: SRTPOpener
    private let cipher = FrameGroup().cipher(of: FrameGroup.ana)
    private let ben = FrameGroup().cipher(of: FrameGroup.ben)

    init() throws {
        sealer = try SRTPSealer(profile: .aeadAES128GCM, masterKey: Self.key, masterSalt: Self.salt)
        opener = try SRTPOpener(profile: .aeadAES128GCM, masterKey: Self.key, masterSalt: Self.salt)
    }

    private func producer(_ track: SyntheticTrack, rtx: Bool = true) -> RTPProducer {
        var randomness = SeededRandomness(seed: 3)
        return RTPProducer(
            track: track,
            parameters: RTPProducer.Parameters(
                ssrc: 10,
                rtxSSRC: rtx ? 11 : nil,
                payloadType: 96,
                rtxPayloadType: rtx ? 97 : nil,
                extensions: HeaderExtensionMap([(.transportSequenceNumber, 3)])
            ),
            frames: cipher,
            now: Moment(nanoseconds: 0),
            randomness: &randomness
        )
    }

    /// Opens what was sent: header and payload in the clear, reports left aside.
    private func open(_ datagrams: [[UInt8]]) throws -> [(header: RTPHeader, payload: [UInt8])] {
        try datagrams.compactMap { datagram in
            var bytes = datagram
            return try bytes.withUnsafeMutableBytes { buffer in
                guard Demultiplexer.classify(UnsafeRawBufferPointer(buffer)) == .rtp else { return nil }
                let header = try #require(RTPHeader.parse(UnsafeRawBufferPointer(buffer)))
                let opened = try opener.open(buffer, header: header).get()
                return (header, Array(buffer[header.headerLength..<opened.length]))
            }
        }
    }

    @Test("a frame is packets of one timestamp, the last one marked, the first frame a key frame")
    func frames() throws {
        let producer = producer(.camera)
        var sent: [[UInt8]] = []
        producer.produce(now: Moment(nanoseconds: 0), sealer: sealer) { sent.append(Array($0)) }
        producer.produce(now: Moment(nanoseconds: 33_000_000), sealer: sealer) { sent.append(Array($0)) }
        let packets = try open(sent)
        #expect(packets.count == 8)
        #expect(Set(packets.prefix(4).map(\.header.timestamp)).count == 1)
        #expect(packets.map(\.header.marker) == [false, false, false, true, false, false, false, true])
        let numbers = packets.map(\.header.sequenceNumber)
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 &+ 1 })
        #expect(packets[4].header.timestamp &- packets[0].header.timestamp == 2_970)
        let starts = packets.map { packet in
            packet.payload.withUnsafeBytes { VP8Descriptor.parse($0).map { $0.isFrameStart && $0.isKeyFrame } }
        }
        #expect(starts == [true, false, false, false, false, false, false, false])
    }

    @Test("what is sent is put together and opened at the other end", arguments: [Codec.vp8, .vp9, .opus])
    func wholePath(codec: Codec) throws {
        let source: TrackSource = codec == .opus ? .microphone : .camera
        let track = SyntheticTrack(
            source: source,
            codec: codec,
            packetsPerFrame: 3,
            packetLength: 300,
            frameInterval: .milliseconds(20)
        )
        let producer = producer(track)
        let receiver = TrackReceiver(
            TrackID(participant: FrameGroup.ana, source: source),
            codec: codec,
            cipher: ben
        )
        var sent: [[UInt8]] = []
        for frame in 0..<5 {
            let now = Moment(nanoseconds: Int64(frame) * 20_000_000)
            producer.produce(now: now, sealer: sealer) { sent.append(Array($0)) }
        }
        let packets = try open(sent)
        #expect(packets.count == (codec == .opus ? 5 : 15))
        for packet in packets {
            packet.payload.withUnsafeBytes {
                receiver.receive(
                    $0,
                    sequenceNumber: UInt64(packet.header.sequenceNumber),
                    timestamp: packet.header.timestamp,
                    marker: packet.header.marker,
                    now: Moment(nanoseconds: 100_000_000)
                )
            }
        }
        #expect(receiver.statistics.opened == 5)
        #expect(receiver.statistics.refusedFrames == 0)
        #expect(receiver.statistics.latency.total == 5)
    }

    @Test("packets have the length that the track says, but for a frame's last one")
    func lengths() throws {
        let producer = producer(.burst)
        var sent: [[UInt8]] = []
        producer.produce(now: Moment(nanoseconds: 0), sealer: sealer) { sent.append(Array($0)) }
        let lengths = try open(sent).map { $0.header.headerLength + $0.payload.count }
        #expect(lengths.count == 5)
        #expect(lengths.dropLast().allSatisfy { $0 == 1_200 })
        #expect((1_150...1_200).contains(lengths[4]))
    }

    @Test("without keys nothing goes out")
    func withoutKeys() {
        cipher.apply(.forget, now: .start)
        let producer = producer(.voice)
        var sent = 0
        producer.produce(now: Moment(nanoseconds: 0), sealer: sealer) { _ in sent += 1 }
        #expect(sent == 0)
        #expect(cipher.sealingRefused == [.noKeys: 1])
    }

    @Test("a key frame comes when it is asked for")
    func keyFrameRequest() throws {
        let producer = producer(.burst)
        var sent: [[UInt8]] = []
        producer.produce(now: Moment(nanoseconds: 0), sealer: sealer) { _ in }
        producer.requestKeyFrame()
        producer.produce(now: Moment(nanoseconds: 5_000_000), sealer: sealer) { sent.append(Array($0)) }
        let first = try #require(try open(sent).first)
        #expect(first.payload.withUnsafeBytes { VP8Descriptor.parse($0)?.isKeyFrame } == true)
    }

    @Test("a lost packet comes again through RTX, with its own number in front of the payload")
    func retransmission() throws {
        let producer = producer(.burst)
        var sent: [[UInt8]] = []
        producer.produce(now: Moment(nanoseconds: 0), sealer: sealer) { sent.append(Array($0)) }
        let original = try open(sent)[2]
        var again: [[UInt8]] = []
        producer.resend(original.header.sequenceNumber, sealer: sealer) { again.append(Array($0)) }
        let rtx = try #require(try open(again).first)
        #expect(rtx.header.ssrc == 11)
        #expect(rtx.header.payloadType == 97)
        #expect(rtx.header.timestamp == original.header.timestamp)
        #expect(UInt16(rtx.payload[0]) << 8 | UInt16(rtx.payload[1]) == original.header.sequenceNumber)
        #expect(Array(rtx.payload.dropFirst(2)) == original.payload)
    }

    @Test("without RTX the very same bytes go out again, and what was never sent does not")
    func plainResend() {
        let producer = producer(.burst, rtx: false)
        var sent: [[UInt8]] = []
        producer.produce(now: Moment(nanoseconds: 0), sealer: sealer) { sent.append(Array($0)) }
        let number = UInt16(sent[1][2]) << 8 | UInt16(sent[1][3])
        var again: [[UInt8]] = []
        producer.resend(number, sealer: sealer) { again.append(Array($0)) }
        #expect(again == [sent[1]])
        producer.resend(number &+ 600, sealer: sealer) { again.append(Array($0)) }
        #expect(again.count == 1)
    }
}
