// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// One living section of a publisher's offer: what we take of it.
struct PublishedSection {
    private let offered: MediaDescription
    private let mid: String
    private let source: TrackSource?
    private let codecs: [NegotiatedCodec]

    /// `nil` for a section to refuse: not RTP, refused by its writer, or without a codec of ours.
    init?(_ offered: MediaDescription, mid: String, source: TrackSource?) {
        guard offered.isRTP, !offered.isRejected, !offered.codecs.isEmpty else { return nil }
        self.offered = offered
        self.mid = mid
        self.source = source
        codecs = offered.codecs
    }

    static func refusal(of offered: MediaDescription) -> MediaDescription {
        var refusal = MediaDescription(
            kind: offered.kind,
            port: 0,
            transportProtocol: offered.transportProtocol,
            mid: offered.mid,
            direction: .inactive
        )
        refusal.payloads = offered.payloads.prefix(1).map { PayloadFormat(payloadType: $0.payloadType) }
        refusal.otherFormats = offered.otherFormats
        return refusal
    }

    /// The meaning of extension ids on the whole connection: a packet's mid must be readable before its section is known.
    static func extensions(of description: SessionDescription) throws(NegotiationError) -> HeaderExtensionMap {
        var map = HeaderExtensionMap()
        for section in description.media where section.isRTP && !section.isRejected {
            for mapping in section.extensions {
                guard let kind = mapping.kind, isSent(mapping) else { continue }
                if let present = map.id(of: kind), present != mapping.id {
                    throw .extensionsConflict(mid: section.mid ?? "")
                }
                guard map.assign(mapping.id, to: kind) else { throw .extensionsConflict(mid: section.mid ?? "") }
            }
        }
        return map
    }

    private static func isSent(_ mapping: ExtensionMapping) -> Bool { mapping.direction?.sends ?? true }

    // MARK: Answer

    func answer(extensions: HeaderExtensionMap) -> MediaDescription {
        var answer = MediaDescription(
            kind: offered.kind,
            transportProtocol: offered.transportProtocol,
            mid: mid,
            direction: source == nil ? .inactive : .receiveOnly
        )
        answer.allowsMixedExtensions = offered.allowsMixedExtensions
        for mapping in offered.extensions where mapping.kind != nil && PublishedSection.isSent(mapping) {
            // Seen from our side the direction turns around (RFC 8285 §8).
            answer.extensions.append(
                ExtensionMapping(
                    id: mapping.id,
                    direction: mapping.direction == .sendOnly ? .receiveOnly : nil,
                    uri: mapping.uri
                )
            )
        }
        for codec in codecs {
            guard let format = offered.payloads.first(where: { $0.payloadType == codec.payloadType }) else { continue }
            answer.payloads.append(accepted(format, as: codec.codec))
            if let rtx = codec.rtxPayloadType {
                answer.payloads.append(CodecTable.retransmission(rtx, of: codec.payloadType))
            }
        }
        let layers = source == nil ? [] : layers
        if !layers.isEmpty {
            answer.restrictions = layers.map { StreamRestriction(id: $0, direction: .receive) }
            if offered.simulcast != nil { answer.simulcast = SimulcastDescription(receive: layers) }
        }
        return answer
    }

    private func accepted(_ format: PayloadFormat, as codec: Codec) -> PayloadFormat {
        var accepted = format
        accepted.feedback = CodecTable.feedback.filter { format.feedback.contains($0) }
        switch codec {
        case .opus:
            accepted.parameters = "minptime=10;useinbandfec=1" + (source == .screenAudio ? ";stereo=1" : "")
        case .vp8: accepted.parameters = ""
        case .vp9: accepted.parameters = format.parameter("profile-id") == nil ? "" : "profile-id=0"
        }
        return accepted
    }

    // MARK: Track

    /// Names of the layers, low first: clients list them so (docs/protocol.md).
    private var layers: [String] {
        let restricted = offered.restrictions.filter { $0.direction == .send }.map(\.id)
        let named = offered.simulcast.map { $0.send.filter(restricted.contains) } ?? restricted
        return Array(named.prefix(PublisherNegotiation.maximumLayers))
    }

    func track(_ id: TrackID, extensions: HeaderExtensionMap) throws(NegotiationError) -> PublishedTrack {
        PublishedTrack(
            id: id,
            mid: mid,
            codecs: codecs,
            extensions: extensions,
            encodings: try encodings(extensions)
        )
    }

    private func encodings(_ extensions: HeaderExtensionMap) throws(NegotiationError) -> [PublishedEncoding] {
        let hasMid = offered.extensions.contains { $0.kind == .mid }
        if !layers.isEmpty {
            // Firefox announces SSRCs beside rids, in no promised order: the packets tell.
            guard hasMid, offered.extensions.contains(where: { $0.kind == .rid }) else {
                throw .streamsNotIdentified(mid: mid)
            }
            return layers.map { PublishedEncoding(rid: $0) }
        }
        if let group = offered.sourceGroups.first(where: { $0.semantics == "SIM" && !$0.ssrcs.isEmpty }) {
            return group.ssrcs.prefix(PublisherNegotiation.maximumLayers).map {
                PublishedEncoding(ssrc: $0, rtxSSRC: retransmissionSSRC(of: $0))
            }
        }
        if let ssrc = pairedSSRC ?? offered.sources.first?.ssrc {
            return [PublishedEncoding(ssrc: ssrc, rtxSSRC: retransmissionSSRC(of: ssrc))]
        }
        guard hasMid else { throw .streamsNotIdentified(mid: mid) }
        return [PublishedEncoding()]
    }

    private var pairedSSRC: UInt32? {
        offered.sourceGroups.first { $0.semantics == "FID" && $0.ssrcs.count == 2 }?.ssrcs.first
    }

    private func retransmissionSSRC(of ssrc: UInt32) -> UInt32? {
        offered.sourceGroups.first { $0.semantics == "FID" && $0.ssrcs.count == 2 && $0.ssrcs[0] == ssrc }?.ssrcs[1]
    }
}
