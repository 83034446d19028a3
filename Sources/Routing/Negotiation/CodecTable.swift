// SPDX-License-Identifier: Apache-2.0

import Transport

/// How codecs are written in our own offers: payload types are the same for every viewer, so that a packet needs
/// no other one than its section's.
enum CodecTable {
    /// Feedback that we act on.
    static let feedback = ["nack", "nack pli", "ccm fir", "transport-cc"]

    static func negotiated(_ codec: Codec) -> NegotiatedCodec {
        switch codec {
        case .opus: NegotiatedCodec(codec: .opus, payloadType: 111)
        case .vp8: NegotiatedCodec(codec: .vp8, payloadType: 96, rtxPayloadType: 97)
        case .vp9: NegotiatedCodec(codec: .vp9, payloadType: 98, rtxPayloadType: 99)
        }
    }

    static func retransmission(_ payloadType: UInt8, of original: UInt8) -> PayloadFormat {
        PayloadFormat(payloadType: payloadType, name: "rtx", clockRate: 90_000, parameters: "apt=\(original)")
    }

    /// The formats that offer `codec`, retransmissions included.
    static func formats(_ codec: Codec) -> [PayloadFormat] {
        let negotiated = negotiated(codec)
        var format = PayloadFormat(payloadType: negotiated.payloadType, name: codec.name, clockRate: codec.clockRate)
        switch codec {
        case .opus:
            format.channels = 2
            format.parameters = "minptime=10;useinbandfec=1"
            format.feedback = ["transport-cc"]
        case .vp8:
            format.feedback = feedback
        case .vp9:
            format.feedback = feedback
            format.parameters = "profile-id=0"
        }
        guard let rtx = negotiated.rtxPayloadType else { return [format] }
        return [format, retransmission(rtx, of: format.payloadType)]
    }
}
