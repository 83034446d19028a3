// SPDX-License-Identifier: Apache-2.0

public import Base
import Transport

/// The publisher connection of one participant: the client offers, we answer (RFC 8829 §5.3).
///
/// Bundled sections only; each is answered with `recvonly`, `inactive` or a refusal. A refused offer changes nothing.
public struct PublisherNegotiation: Sendable {
    public static let maximumSections = 32
    /// Simulcast layers that are received; further ones are not accepted.
    public static let maximumLayers = 3

    private let participant: ParticipantID
    private let sessionID: UInt64
    private var local: LocalTransport
    private var remote: RemoteTransport?
    private var version: UInt64 = 0
    /// The sections of the last offer; `nil` for a refused one, whose place may be taken by another.
    private var mids: [String?] = []

    /// - Parameter sessionID: from ``SessionDescription/makeID(using:)``.
    public init(participant: ParticipantID, local: LocalTransport, sessionID: UInt64) {
        self.participant = participant
        self.local = local
        self.sessionID = sessionID
    }

    /// Answers an offer, the first or a later one.
    ///
    /// - Parameter sources: what each sending section carries, by mid. Sections without an entry are answered `inactive`.
    public mutating func answer(
        _ offer: String,
        sources: [String: TrackSource],
        using randomness: inout some Randomness
    ) throws(NegotiationError) -> PublisherAnswer {
        let description: SessionDescription
        do { description = try SessionDescription.parse(offer) } catch { throw .sdp(error) }
        guard description.media.count <= PublisherNegotiation.maximumSections else { throw .tooManySections }
        try checkOrder(description)
        let remote = try RemoteTransport(description, previous: remote)
        guard remote.setup == .actpass || remote.setup == .active else { throw .wrongSetup }
        let extensions = try PublishedSection.extensions(of: description)
        try check(sources, description)

        let isRestart = self.remote.map { $0.credentials.ufrag != remote.credentials.ufrag } ?? false
        var transport = local
        if isRestart { transport.credentials = .make(using: &randomness) }
        var answer = SessionDescription(id: sessionID, version: version &+ 1, isICELite: true)
        var tracks: [PublishedTrack] = []
        for offered in description.media {
            guard let mid = offered.mid else { throw .missingMid }
            guard let section = PublishedSection(offered, mid: mid, source: sources[mid]) else {
                answer.media.append(PublishedSection.refusal(of: offered))
                continue
            }
            var answered = section.answer(extensions: extensions)
            transport.describe(&answered, setup: .passive, withCandidates: answer.bundle.isEmpty)
            answer.bundle.append(mid)
            answer.media.append(answered)
            if let source = sources[mid] {
                let id = TrackID(participant: participant, source: source)
                tracks.append(try section.track(id, extensions: extensions))
            }
        }

        local = transport
        self.remote = remote
        version = answer.version
        mids = answer.media.map { $0.isRejected ? nil : $0.mid }
        return PublisherAnswer(
            sdp: answer.text,
            tracks: tracks,
            remote: remote,
            local: transport.credentials,
            isICERestart: isRestart
        )
    }

    private func checkOrder(_ description: SessionDescription) throws(NegotiationError) {
        guard description.media.count >= mids.count else { throw .sectionsDiffer }
        for (former, section) in zip(mids, description.media) {
            if let former, section.mid != former { throw .sectionsDiffer }
        }
    }

    private func check(_ sources: [String: TrackSource], _ description: SessionDescription) throws(NegotiationError) {
        var seen: Set<TrackSource> = []
        for (mid, source) in sources.sorted(by: { $0.key < $1.key }) {
            guard let section = description.media.first(where: { $0.mid == mid }), section.isRTP, !section.isRejected,
                section.direction.sends
            else { throw .notSending(mid: mid) }
            guard section.kind == (source.isAudio ? .audio : .video) else { throw .wrongKind(mid: mid) }
            guard seen.insert(source).inserted else { throw .duplicateSource(mid: mid) }
            guard !section.codecs.isEmpty else { throw .noCommonCodec(mid: mid) }
        }
    }
}
