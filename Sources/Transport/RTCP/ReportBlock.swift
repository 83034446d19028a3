// SPDX-License-Identifier: Apache-2.0

import Base

/// How one received stream fares (RFC 3550 §6.4.1).
public struct ReportBlock: Hashable, Sendable {
    /// The stream that the report is about.
    public var ssrc: UInt32
    /// Lost since the last report, in 1/256.
    public var fractionLost: UInt8
    /// Lost since the beginning; negative with duplicates. 24 bits.
    public var cumulativeLost: Int32
    /// Roll-overs in the upper half.
    public var highestSequenceNumber: UInt32
    /// In timestamp units.
    public var jitter: UInt32
    /// The middle 32 bits of the NTP time of the last sender report, 0 before the first.
    public var lastSenderReport: UInt32
    /// Since that report arrived, in 1/65,536 s.
    public var delaySinceLastSenderReport: UInt32

    public init(
        ssrc: UInt32,
        fractionLost: UInt8 = 0,
        cumulativeLost: Int32 = 0,
        highestSequenceNumber: UInt32,
        jitter: UInt32 = 0,
        lastSenderReport: UInt32 = 0,
        delaySinceLastSenderReport: UInt32 = 0
    ) {
        self.ssrc = ssrc
        self.fractionLost = fractionLost
        self.cumulativeLost = cumulativeLost
        self.highestSequenceNumber = highestSequenceNumber
        self.jitter = jitter
        self.lastSenderReport = lastSenderReport
        self.delaySinceLastSenderReport = delaySinceLastSenderReport
    }

    /// One packet's count field holds no more.
    static let maximum = 31

    init?(_ reader: inout ByteReader) {
        guard let ssrc = reader.readUInt32(), let fraction = reader.readUInt8(), let lost = reader.readUInt24(),
            let highest = reader.readUInt32(), let jitter = reader.readUInt32(),
            let last = reader.readUInt32(), let delay = reader.readUInt32()
        else { return nil }
        self.ssrc = ssrc
        fractionLost = fraction
        cumulativeLost = Int32(bitPattern: lost << 8) >> 8
        highestSequenceNumber = highest
        self.jitter = jitter
        lastSenderReport = last
        delaySinceLastSenderReport = delay
    }

    static func readAll(count: UInt8, _ reader: inout ByteReader) -> [ReportBlock]? {
        var blocks: [ReportBlock] = []
        for _ in 0..<count {
            guard let block = ReportBlock(&reader) else { return nil }
            blocks.append(block)
        }
        return blocks
    }

    func write(into writer: inout ByteWriter) {
        writer.write(ssrc)
        writer.write(fractionLost)
        writer.writeUInt24(UInt32(bitPattern: min(max(cumulativeLost, -0x80_0000), 0x7F_FFFF)) & 0xFF_FFFF)
        writer.write(highestSequenceNumber)
        writer.write(jitter)
        writer.write(lastSenderReport)
        writer.write(delaySinceLastSenderReport)
    }
}
