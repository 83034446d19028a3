// SPDX-License-Identifier: Apache-2.0

import Base

/// What a receiver thinks the path carries (draft-alvestrand-rmcat-remb-03 §2.2). Read, never sent.
public struct REMB: Hashable, Sendable {
    public var senderSSRC: UInt32
    /// Bits a second.
    public var bitrate: UInt64
    public var ssrcs: [UInt32]

    public init(senderSSRC: UInt32, bitrate: UInt64, ssrcs: [UInt32]) {
        self.senderSSRC = senderSSRC
        self.bitrate = bitrate
        self.ssrcs = ssrcs
    }

    init?(_ reader: inout ByteReader) {
        guard let sender = reader.readUInt32(), reader.skip(4), let name = reader.read(count: 4),
            name.elementsEqual("REMB".utf8), let count = reader.readUInt8(), let rate = reader.readUInt24()
        else { return nil }
        senderSSRC = sender
        let mantissa = UInt64(rate & 0x3FFFF)
        let exponent = rate >> 18
        guard mantissa == 0 || mantissa.leadingZeroBitCount >= Int(exponent) else { return nil }
        bitrate = mantissa << UInt64(exponent)
        ssrcs = []
        for _ in 0..<count {
            guard let ssrc = reader.readUInt32() else { return nil }
            ssrcs.append(ssrc)
        }
    }
}
