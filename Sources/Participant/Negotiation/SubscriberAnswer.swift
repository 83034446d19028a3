// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Transport

/// The answer to the node's offer of what a participant receives: everything is accepted.
struct SubscriberAnswer {
    /// One SSRC that the offer announces.
    struct Stream {
        var mid: String
        var ssrc: UInt32
        var rtxSSRC: UInt32?
        var track: TrackID
        var codec: Codec
    }

    let description: SessionDescription
    let credentials: ICECredentials
    let fingerprint: Fingerprint
    let candidates: [ICECandidate]
    let streams: [Stream]

    init(
        to offer: String,
        tracks: [SubscriptionEntry],
        credentials local: ICECredentials,
        fingerprint localFingerprint: Fingerprint,
        candidates localCandidates: [ICECandidate],
        id: UInt64,
        version: UInt64
    ) throws(ParticipantError) {
        let parsed: SessionDescription
        do throws(SDPError) { parsed = try SessionDescription.parse(offer) } catch { throw .protocolViolation }
        guard let transport = parsed.transportSection, let remote = transport.credentials,
            let fingerprint = transport.fingerprint
        else { throw .protocolViolation }
        credentials = remote
        self.fingerprint = fingerprint
        candidates = transport.candidates
        var streams: [Stream] = []
        var answer = SessionDescription(id: id, version: version)
        answer.bundle = parsed.bundle
        for offered in parsed.media {
            var section = MediaDescription(
                kind: offered.kind,
                port: offered.isRejected ? 0 : 9,
                mid: offered.mid,
                direction: offered.direction == .sendOnly ? .receiveOnly : .inactive
            )
            section.payloads = offered.payloads
            section.extensions = offered.extensions
            section.hasRTCPMux = true
            section.hasRTCPReducedSize = offered.hasRTCPReducedSize
            section.iceUfrag = local.ufrag
            section.icePassword = local.passwordText
            section.fingerprint = localFingerprint
            section.setup = .active
            section.candidates = localCandidates
            section.hasEndOfCandidates = true
            answer.media.append(section)
            guard section.direction == .receiveOnly, let mid = offered.mid, let ssrc = offered.sources.first?.ssrc,
                let track = tracks.first(where: { $0.mid == mid })?.track, let codec = offered.codecs.first?.codec
            else { continue }
            let group = offered.sourceGroups.first { $0.semantics == "FID" && $0.ssrcs.count == 2 }
            streams.append(
                Stream(
                    mid: mid,
                    ssrc: group?.ssrcs[0] ?? ssrc,
                    rtxSSRC: group?.ssrcs[1],
                    track: track,
                    codec: codec
                )
            )
        }
        description = answer
        self.streams = streams
    }
}
