// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a sender sent so far, and which wall-clock moment a timestamp stands for (RFC 3550 §6.4.1).
public struct SenderReport: Hashable, Sendable {
    public var ssrc: UInt32
    /// Seconds since 1900 in 32.32 fixed point.
    public var ntpTime: UInt64
    public var rtpTime: UInt32
    public var packetCount: UInt32
    public var octetCount: UInt32
    /// At most 31 are written.
    public var reports: [ReportBlock]

    public init(
        ssrc: UInt32,
        ntpTime: UInt64,
        rtpTime: UInt32,
        packetCount: UInt32,
        octetCount: UInt32,
        reports: [ReportBlock] = []
    ) {
        self.ssrc = ssrc
        self.ntpTime = ntpTime
        self.rtpTime = rtpTime
        self.packetCount = packetCount
        self.octetCount = octetCount
        self.reports = reports
    }

    /// What receivers quote in ``ReportBlock/lastSenderReport``.
    public var compactNTPTime: UInt32 { UInt32(truncatingIfNeeded: ntpTime >> 16) }

    init?(_ reader: inout ByteReader, count: UInt8) {
        guard let ssrc = reader.readUInt32(), let ntp = reader.readUInt64(), let rtp = reader.readUInt32(),
            let packets = reader.readUInt32(), let octets = reader.readUInt32(),
            let reports = ReportBlock.readAll(count: count, &reader)
        else { return nil }
        self.init(
            ssrc: ssrc,
            ntpTime: ntp,
            rtpTime: rtp,
            packetCount: packets,
            octetCount: octets,
            reports: reports
        )
    }

    public func write(into writer: inout ByteWriter) {
        let reports = reports.prefix(ReportBlock.maximum)
        writer.writeRTCP(packetType: RTCPHeader.PacketType.senderReport, count: UInt8(reports.count)) { body in
            body.write(ssrc)
            body.write(ntpTime)
            body.write(rtpTime)
            body.write(packetCount)
            body.write(octetCount)
            for report in reports { report.write(into: &body) }
        }
    }
}
