// SPDX-License-Identifier: Apache-2.0

import Transport

/// An RTP packet as a publisher sends it.
struct TestPacket {
    var ssrc: UInt32 = 10
    /// Roll-over counter and sequence number.
    var number: UInt64
    var payloadType: UInt8 = 96
    var timestamp: UInt32 = 0
    var marker = false
    var mid: String?
    var rid: String?
    var repairedRid: String?
    var transportSequenceNumber: UInt16?
    var audioLevel: UInt8?
    var dependencyDescriptor: [UInt8]?
    var payload: [UInt8]

    var bytes: [UInt8] {
        var elements: [UInt8] = []
        func add(_ id: UInt8, _ value: [UInt8]) { elements += [id << 4 | UInt8(value.count - 1)] + value }
        if let mid { add(1, Array(mid.utf8)) }
        if let rid { add(2, Array(rid.utf8)) }
        if let repairedRid { add(3, Array(repairedRid.utf8)) }
        if let number = transportSequenceNumber { add(4, [UInt8(number >> 8), UInt8(number & 0xFF)]) }
        if let audioLevel { add(5, [audioLevel]) }
        if let dependencyDescriptor { add(6, dependencyDescriptor) }
        while elements.count % 4 != 0 { elements.append(0) }
        var bytes: [UInt8] = [elements.isEmpty ? 0x80 : 0x90, payloadType | (marker ? 0x80 : 0)]
        bytes += withUnsafeBytes(of: UInt16(truncatingIfNeeded: number).bigEndian, Array.init)
        bytes += withUnsafeBytes(of: timestamp.bigEndian, Array.init)
        bytes += withUnsafeBytes(of: ssrc.bigEndian, Array.init)
        if !elements.isEmpty { bytes += [0xBE, 0xDE, 0, UInt8(elements.count / 4)] + elements }
        return bytes + payload
    }

    /// One packet of a VP8 frame. `mark` can be found again at the viewer's end.
    static func vp8(
        _ number: UInt64,
        key: Bool = false,
        start: Bool = true,
        end: Bool = true,
        pictureID: UInt16 = 0,
        tl0: UInt8 = 0,
        timestamp: UInt32? = nil,
        ssrc: UInt32 = 10,
        rid: String? = nil,
        mark: UInt64? = nil
    ) -> TestPacket {
        let mark = mark ?? number
        var payload: [UInt8] = [
            start ? 0x90 : 0x80, 0xC0, UInt8(pictureID >> 8) | 0x80, UInt8(pictureID & 0xFF), tl0, key ? 0 : 1,
        ]
        payload += withUnsafeBytes(of: mark.bigEndian, Array.init)
        return TestPacket(
            ssrc: ssrc,
            number: number,
            timestamp: timestamp ?? UInt32(truncatingIfNeeded: number &* 3000),
            marker: end,
            mid: rid == nil ? nil : "v",
            rid: rid,
            payload: payload
        )
    }

    static func audio(_ number: UInt64, level: UInt8? = nil, ssrc: UInt32 = 20) -> TestPacket {
        TestPacket(
            ssrc: ssrc,
            number: number,
            payloadType: 111,
            timestamp: UInt32(truncatingIfNeeded: number &* 960),
            audioLevel: level,
            payload: withUnsafeBytes(of: number.bigEndian, Array.init)
        )
    }

    /// The same packet as a retransmission (RFC 4588 §4).
    func asRepair(ssrc: UInt32, number: UInt64, payloadType: UInt8 = 97) -> TestPacket {
        var repair = self
        repair.ssrc = ssrc
        repair.number = number
        repair.payloadType = payloadType
        repair.payload =
            withUnsafeBytes(of: UInt16(truncatingIfNeeded: self.number).bigEndian, Array.init) + payload
        return repair
    }
}
