// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing
import Transport

@testable import Participant

@Suite("Frames out of packets")
struct FrameAssemblerTests {
    private struct Packet {
        var payload: [UInt8]
        var number: UInt64
        var timestamp: UInt32
        var marker: Bool
    }

    /// A frame of `pieces` pieces, each with its own byte.
    private func packets(_ codec: Codec, pieces: Int, from number: UInt64, timestamp: UInt32) -> [Packet] {
        (0..<pieces).map { index in
            let length = PayloadDescriptor.length(codec)
            var payload = [UInt8](repeating: 0, count: length) + [UInt8](repeating: UInt8(index), count: 5)
            payload.withUnsafeMutableBytes {
                PayloadDescriptor(
                    codec: codec,
                    picture: 7,
                    isKeyFrame: false,
                    isFirst: index == 0,
                    isLast: index == pieces - 1
                ).write(to: $0)
            }
            return Packet(
                payload: payload,
                number: number + UInt64(index),
                timestamp: timestamp,
                marker: index == pieces - 1
            )
        }
    }

    private func add(_ packet: Packet, to assembler: inout FrameAssembler) -> [UInt8]? {
        packet.payload.withUnsafeBytes {
            assembler.add($0, sequenceNumber: packet.number, timestamp: packet.timestamp, marker: packet.marker)
        }
    }

    @Test("a frame is whole when its last piece comes, in whatever order", arguments: [Codec.vp8, .vp9])
    func anyOrder(codec: Codec) {
        let wanted = (0..<4).flatMap { [UInt8](repeating: UInt8($0), count: 5) }
        var randomness = SeededRandomness(seed: 4)
        for _ in 0..<24 {
            var assembler = FrameAssembler(codec: codec)
            let packets = packets(codec, pieces: 4, from: 65_534, timestamp: 9).shuffled(using: &randomness)
            for packet in packets.dropLast() { #expect(add(packet, to: &assembler) == nil) }
            #expect(packets.last.flatMap { add($0, to: &assembler) } == wanted)
        }
    }

    @Test("pieces of two frames don't mix")
    func interleaved() {
        var assembler = FrameAssembler(codec: .vp8)
        let first = packets(.vp8, pieces: 2, from: 10, timestamp: 1)
        let second = packets(.vp8, pieces: 2, from: 12, timestamp: 2)
        #expect(add(first[0], to: &assembler) == nil)
        #expect(add(second[0], to: &assembler) == nil)
        #expect(add(second[1], to: &assembler)?.count == 10)
        #expect(add(first[1], to: &assembler)?.count == 10)
        #expect(assembler.abandoned == 0)
    }

    @Test("frames that never become whole give way, and are counted")
    func abandoned() {
        var assembler = FrameAssembler(codec: .vp8)
        for frame in 0..<40 {
            let packets = packets(.vp8, pieces: 3, from: UInt64(frame) * 3, timestamp: UInt32(frame))
            #expect(add(packets[0], to: &assembler) == nil)
            #expect(add(packets[2], to: &assembler) == nil)
        }
        #expect(assembler.abandoned == 24)
    }

    @Test("endless pieces of one frame are bounded")
    func endless() {
        var assembler = FrameAssembler(codec: .vp8)
        let middle = packets(.vp8, pieces: 3, from: 0, timestamp: 1)[1]
        for number in 0..<5_000 {
            var packet = middle
            packet.number = UInt64(number)
            #expect(add(packet, to: &assembler) == nil)
        }
        #expect(assembler.abandoned == 4)
    }

    @Test("a packet of sound is a frame; an empty one is none")
    func sound() {
        var assembler = FrameAssembler(codec: .opus)
        let packet = Packet(payload: [1, 2, 3], number: 1, timestamp: 1, marker: false)
        #expect(add(packet, to: &assembler) == [1, 2, 3])
        #expect(add(Packet(payload: [], number: 2, timestamp: 2, marker: false), to: &assembler) == nil)
    }

    @Test("payloads that can't be read are nothing", arguments: [[], [0x90], [0x90, 0x80, 0x80], [0xFF]] as [[UInt8]])
    func garbage(payload: [UInt8]) {
        for codec in [Codec.vp8, .vp9] {
            var assembler = FrameAssembler(codec: codec)
            #expect(add(Packet(payload: payload, number: 1, timestamp: 1, marker: true), to: &assembler) == nil)
        }
    }
}
