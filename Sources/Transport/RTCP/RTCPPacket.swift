// SPDX-License-Identifier: Apache-2.0

public import Base

/// One control packet of a kind that Vigil understands.
public enum RTCPPacket: Hashable, Sendable {
    case senderReport(SenderReport)
    case receiverReport(ReceiverReport)
    case sourceDescription(SourceDescription)
    case goodbye(Goodbye)
    case pictureLossIndication(PictureLossIndication)
    case fullIntraRequest(FullIntraRequest)
    case genericNACK(GenericNACK)
    case transportFeedback(TransportFeedback)
    case remb(REMB)

    /// `nil` for an unknown kind and for a body that doesn't hold what its header announces.
    init?(header: RTCPHeader, _ body: ByteReader) {
        var reader = body
        switch (header.packetType, header.count) {
        case (RTCPHeader.PacketType.senderReport, let count):
            guard let packet = SenderReport(&reader, count: count) else { return nil }
            self = .senderReport(packet)
        case (RTCPHeader.PacketType.receiverReport, let count):
            guard let packet = ReceiverReport(&reader, count: count) else { return nil }
            self = .receiverReport(packet)
        case (RTCPHeader.PacketType.sourceDescription, let count):
            guard let packet = SourceDescription(&reader, count: count) else { return nil }
            self = .sourceDescription(packet)
        case (RTCPHeader.PacketType.goodbye, let count):
            guard let packet = Goodbye(&reader, count: count) else { return nil }
            self = .goodbye(packet)
        case (RTCPHeader.PacketType.transportFeedback, RTCPHeader.Format.genericNACK):
            guard let packet = GenericNACK(&reader) else { return nil }
            self = .genericNACK(packet)
        case (RTCPHeader.PacketType.transportFeedback, RTCPHeader.Format.transportWide):
            guard let packet = TransportFeedback(&reader) else { return nil }
            self = .transportFeedback(packet)
        case (RTCPHeader.PacketType.payloadFeedback, RTCPHeader.Format.pictureLossIndication):
            guard let packet = PictureLossIndication(&reader) else { return nil }
            self = .pictureLossIndication(packet)
        case (RTCPHeader.PacketType.payloadFeedback, RTCPHeader.Format.fullIntraRequest):
            guard let packet = FullIntraRequest(&reader) else { return nil }
            self = .fullIntraRequest(packet)
        case (RTCPHeader.PacketType.payloadFeedback, RTCPHeader.Format.applicationLayer):
            guard let packet = REMB(&reader) else { return nil }
            self = .remb(packet)
        default:
            return nil
        }
    }

    /// Appends the packet; a ``REMB`` has no written form and appends nothing.
    public func write(into writer: inout ByteWriter) {
        switch self {
        case .senderReport(let packet): packet.write(into: &writer)
        case .receiverReport(let packet): packet.write(into: &writer)
        case .sourceDescription(let packet): packet.write(into: &writer)
        case .goodbye(let packet): packet.write(into: &writer)
        case .pictureLossIndication(let packet): packet.write(into: &writer)
        case .fullIntraRequest(let packet): packet.write(into: &writer)
        case .genericNACK(let packet): packet.write(into: &writer)
        case .transportFeedback(let packet): packet.write(into: &writer)
        case .remb: break
        }
    }
}
