// SPDX-License-Identifier: Apache-2.0

public import Base

/// Reports of a peer that sends no media itself (RFC 3550 §6.4.2).
public struct ReceiverReport: Hashable, Sendable {
    public var ssrc: UInt32
    /// At most 31 are written.
    public var reports: [ReportBlock]

    public init(ssrc: UInt32, reports: [ReportBlock] = []) {
        self.ssrc = ssrc
        self.reports = reports
    }

    init?(_ reader: inout ByteReader, count: UInt8) {
        guard let ssrc = reader.readUInt32(), let reports = ReportBlock.readAll(count: count, &reader) else {
            return nil
        }
        self.init(ssrc: ssrc, reports: reports)
    }

    public func write(into writer: inout ByteWriter) {
        let reports = reports.prefix(ReportBlock.maximum)
        writer.writeRTCP(packetType: RTCPHeader.PacketType.receiverReport, count: UInt8(reports.count)) { body in
            body.write(ssrc)
            for report in reports { report.write(into: &body) }
        }
    }
}
