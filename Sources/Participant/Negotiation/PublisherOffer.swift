// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// The offer of what a participant publishes, and what the node's answer makes of it.
struct PublisherOffer {
    let description: SessionDescription
    let tracks: [SyntheticTrack]
    let ssrcs: [(media: UInt32, rtx: UInt32)]

    /// What the node's answer says about the transport.
    struct Accepted {
        var credentials: ICECredentials
        var fingerprint: Fingerprint
        var candidates: [ICECandidate]
        var parameters: [RTPProducer.Parameters]
    }

    private static func payloadType(_ codec: Codec) -> UInt8 {
        switch codec {
        case .opus: 111
        case .vp8: 96
        case .vp9: 98
        }
    }

    init(
        tracks: [SyntheticTrack],
        credentials: ICECredentials,
        fingerprint: Fingerprint,
        candidates: [ICECandidate],
        using randomness: inout some Randomness
    ) {
        self.tracks = tracks
        var ssrcs: [(media: UInt32, rtx: UInt32)] = []
        var description = SessionDescription(id: SessionDescription.makeID(using: &randomness), version: 1)
        for (index, track) in tracks.enumerated() {
            let ssrc = UInt32(truncatingIfNeeded: randomness.next())
            let rtx = ssrc ^ 0x5555_5555
            ssrcs.append((ssrc, rtx))
            let isAudio = track.source.isAudio
            var section = MediaDescription(kind: isAudio ? .audio : .video, mid: String(index), direction: .sendOnly)
            section.iceUfrag = credentials.ufrag
            section.icePassword = credentials.passwordText
            section.candidates = candidates
            section.hasEndOfCandidates = true
            section.fingerprint = fingerprint
            section.setup = .actpass
            section.hasRTCPMux = true
            section.hasRTCPReducedSize = true
            section.msid = MediaStreamID(stream: "vigil", track: track.source.rawValue)
            section.extensions = [
                ExtensionMapping(id: 1, uri: HeaderExtension.mid.uri),
                ExtensionMapping(id: 3, uri: HeaderExtension.transportSequenceNumber.uri),
            ]
            let name = "vigil-\(index)"
            section.sources = [SourceAttribute(ssrc: ssrc, canonicalName: name)]
            if isAudio {
                section.extensions.append(ExtensionMapping(id: 2, uri: HeaderExtension.audioLevel.uri))
                section.payloads = [
                    PayloadFormat(
                        payloadType: Self.payloadType(.opus),
                        name: "opus",
                        clockRate: 48_000,
                        channels: 2,
                        parameters: "minptime=10;useinbandfec=1",
                        feedback: ["transport-cc"]
                    )
                ]
            } else {
                section.sources.append(SourceAttribute(ssrc: rtx, canonicalName: name))
                section.sourceGroups = [SourceGroup(semantics: "FID", ssrcs: [ssrc, rtx])]
                let payloadType = Self.payloadType(track.codec)
                section.payloads = [
                    PayloadFormat(
                        payloadType: payloadType,
                        name: track.codec.name,
                        clockRate: 90_000,
                        channels: nil,
                        parameters: track.codec == .vp9 ? "profile-id=0" : "",
                        feedback: ["transport-cc", "ccm fir", "nack", "nack pli"]
                    ),
                    PayloadFormat(
                        payloadType: payloadType + 1,
                        name: "rtx",
                        clockRate: 90_000,
                        channels: nil,
                        parameters: "apt=\(payloadType)",
                        feedback: []
                    ),
                ]
            }
            description.media.append(section)
            description.bundle.append(String(index))
        }
        self.description = description
        self.ssrcs = ssrcs
    }

    /// Reads the node's answer. A track that it refused is a protocol violation here: nobody asked for anything special.
    func accept(_ answer: String) throws(ParticipantError) -> Accepted {
        let parsed: SessionDescription
        do throws(SDPError) { parsed = try SessionDescription.parse(answer) } catch { throw .protocolViolation }
        guard let transport = parsed.transportSection, let credentials = transport.credentials,
            let fingerprint = transport.fingerprint, parsed.media.count == tracks.count
        else { throw .protocolViolation }
        var parameters: [RTPProducer.Parameters] = []
        for (section, ssrc) in zip(parsed.media, ssrcs) {
            guard !section.isRejected, let codec = section.codecs.first else { throw .protocolViolation }
            var extensions = HeaderExtensionMap()
            for mapping in section.extensions {
                if let kind = mapping.kind { _ = extensions.assign(mapping.id, to: kind) }
            }
            parameters.append(
                RTPProducer.Parameters(
                    ssrc: ssrc.media,
                    rtxSSRC: codec.rtxPayloadType == nil ? nil : ssrc.rtx,
                    payloadType: codec.payloadType,
                    rtxPayloadType: codec.rtxPayloadType,
                    extensions: extensions
                )
            )
        }
        return Accepted(
            credentials: credentials,
            fingerprint: fingerprint,
            candidates: transport.candidates,
            parameters: parameters
        )
    }
}
