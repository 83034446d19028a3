// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// One section of a viewer's connection. Sections never go away; tracks come and go in them.
///
/// ```
///   new ──► carrying ──track ends──► ended ──answered──► free ──next track──► carrying
///              └──── refused (port 0) ────► refused ──next track, new mid──► carrying
/// ```
/// A section passes through an answered `inactive` before it carries another track, so that browsers fire their
/// track events anew.
struct SubscriberSlot: Sendable {
    struct Carried: Sendable {
        var track: TrackID
        var codecs: [Codec]
        var ssrc: UInt32
        var rtxSSRC: UInt32
    }

    enum State: Sendable {
        case carrying(Carried)
        case ended
        case free
        case refused
    }

    var mid: String
    var isAudio: Bool
    var state: State

    var carried: Carried? {
        if case .carrying(let carried) = state { carried } else { nil }
    }

    /// The extension id under which sections offer their names.
    static let midExtensionID: UInt8 = 1

    /// The section without its transport.
    var description: MediaDescription {
        var section = MediaDescription(kind: isAudio ? .audio : .video, mid: mid, direction: .inactive)
        switch state {
        case .refused:
            section.port = 0
            section.payloads = [PayloadFormat(payloadType: 0)]
            return section
        case .ended, .free:
            section.payloads = SubscriberSlot.codecs(isAudio: isAudio).flatMap(CodecTable.formats)
        case .carrying(let carried):
            let participant = carried.track.participant.text
            section.direction = .sendOnly
            section.payloads = carried.codecs.flatMap(CodecTable.formats)
            section.msid = MediaStreamID(
                stream: participant,
                track: "\(participant)-\(carried.track.source.rawValue)"
            )
            section.sources = [SourceAttribute(ssrc: carried.ssrc, canonicalName: participant)]
            if !isAudio {
                section.sources.append(SourceAttribute(ssrc: carried.rtxSSRC, canonicalName: participant))
                section.sourceGroups = [SourceGroup(semantics: "FID", ssrcs: [carried.ssrc, carried.rtxSSRC])]
            }
        }
        section.extensions = [ExtensionMapping(id: SubscriberSlot.midExtensionID, uri: HeaderExtension.mid.uri)]
        return section
    }

    static func codecs(isAudio: Bool) -> [Codec] { Codec.allCases.filter { $0.isAudio == isAudio } }

    /// What the viewer takes of this section; `nil` when it carries nothing or the answer took nothing.
    func accepted(_ answer: MediaDescription) -> SubscribedTrack? {
        guard let carried, !answer.isRejected, answer.direction.receives else { return nil }
        var codecs: [NegotiatedCodec] = []
        for codec in carried.codecs {
            var ours = CodecTable.negotiated(codec)
            guard answer.payloads.contains(where: { $0.payloadType == ours.payloadType && $0.codec == codec }) else {
                continue
            }
            if !answer.payloads.contains(where: {
                $0.payloadType == ours.rtxPayloadType && $0.associatedPayloadType == ours.payloadType
            }) {
                ours.rtxPayloadType = nil
            }
            codecs.append(ours)
        }
        guard !codecs.isEmpty else { return nil }
        var extensions = HeaderExtensionMap()
        if answer.extensions.contains(where: { $0.kind == .mid && $0.id == SubscriberSlot.midExtensionID }) {
            _ = extensions.assign(SubscriberSlot.midExtensionID, to: .mid)
        }
        return SubscribedTrack(
            id: carried.track,
            mid: mid,
            ssrc: carried.ssrc,
            rtxSSRC: codecs.contains { $0.rtxPayloadType != nil } ? carried.rtxSSRC : nil,
            codecs: codecs,
            extensions: extensions
        )
    }
}
