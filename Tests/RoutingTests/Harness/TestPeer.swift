// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import Testing
import Transport

/// The far end of one connection: opens what it is sent and keeps it in order of arrival.
final class TestPeer {
    struct Media {
        var number: UInt64
        var header: RTPHeader
        var mid: String?
        var audioLevel: UInt8?
        var payload: [UInt8]

        var pictureID: UInt16? {
            payload.withUnsafeBytes { VP8Descriptor.parse($0) }.flatMap {
                $0.counters.hasPictureID ? $0.counters.pictureID : nil
            }
        }
        var tl0: UInt8? {
            payload.withUnsafeBytes { VP8Descriptor.parse($0) }.flatMap { $0.counters.hasTL0 ? $0.counters.tl0 : nil }
        }
        /// What ``TestPacket`` put at the payload's end.
        var mark: UInt64 { payload.suffix(8).reduce(0) { $0 << 8 | UInt64($1) } }
    }

    let handle: PeerHandle
    let sealer: SRTPSealer
    private let opener: SRTPOpener
    private(set) var media: [Media] = []
    private(set) var control: [RTCPPacket] = []
    /// Every sealed packet by SSRC and extended number: never two different ones.
    private var sealed: [UInt32: [UInt64: [UInt8]]] = [:]
    private var highest: [UInt32: UInt64] = [:]
    private(set) var identicalResends = 0

    init(handle: PeerHandle) throws {
        self.handle = handle
        var randomness = SeededKeys(state: UInt64(handle.index) + 1)
        let key = randomness.bytes(16)
        let salt = randomness.bytes(12)
        sealer = try SRTPSealer(profile: .aeadAES128GCM, masterKey: Secret(key), masterSalt: Secret(salt))
        opener = try SRTPOpener(profile: .aeadAES128GCM, masterKey: Secret(key), masterSalt: Secret(salt))
    }

    func take(_ datagram: [UInt8]) {
        var bytes = datagram
        guard bytes.count > 12 else { return }
        if (192...223).contains(bytes[1]) {
            let length = bytes.withUnsafeMutableBytes { buffer in
                switch opener.openRTCP(buffer) {
                case .success(let length): return length
                // The network may duplicate.
                case .failure(.replayed): return 0
                case .failure(let refusal):
                    Issue.record("a control packet doesn't open: \(refusal)")
                    return 0
                }
            }
            bytes.prefix(length).withUnsafeBytes { control += RTCPCompound.parse($0) }
            return
        }
        bytes.withUnsafeMutableBytes { buffer in
            guard let header = RTPHeader.parse(UnsafeRawBufferPointer(buffer)) else {
                Issue.record("not RTP")
                return
            }
            let reference = highest[header.ssrc] ?? UInt64(header.sequenceNumber)
            let distance = Int64(Int16(bitPattern: header.sequenceNumber &- UInt16(truncatingIfNeeded: reference)))
            let number = UInt64(bitPattern: Int64(bitPattern: reference) + distance)
            if let before = sealed[header.ssrc]?[number] {
                #expect(before == datagram, "two packets under one number")
                identicalResends += 1
                return
            }
            sealed[header.ssrc, default: [:]][number] = datagram
            highest[header.ssrc] = max(reference, number)
            guard case .success(let opened) = opener.open(buffer, header: header) else {
                Issue.record("a packet doesn't open")
                return
            }
            #expect(opened.extendedSequenceNumber == number)
            let packet = UnsafeRawBufferPointer(rebasing: buffer[..<opened.length])
            let values = HeaderExtensionValues.read(packet, header: header, map: TestMeeting.viewerMap)
            media.append(
                Media(
                    number: number,
                    header: header,
                    mid: values.mid?.text(in: packet),
                    audioLevel: values.audioLevel,
                    payload: Array(packet.dropFirst(header.headerLength))
                )
            )
        }
    }

    func takeMedia() -> [Media] {
        defer { media = [] }
        return media
    }

    func takeControl() -> [RTCPPacket] {
        defer { control = [] }
        return control
    }

    // What tests look for.

    static func keyframeRequests(_ packets: [RTCPPacket]) -> [UInt32] {
        packets.compactMap { if case .pictureLossIndication(let packet) = $0 { packet.mediaSSRC } else { nil } }
    }

    static func nacks(_ packets: [RTCPPacket]) -> [UInt16] {
        packets.flatMap { if case .genericNACK(let packet) = $0 { packet.sequenceNumbers } else { [UInt16]() } }
    }
}

/// Keys for tests: any bytes, the same every time.
private struct SeededKeys {
    var state: UInt64

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
    }
}
