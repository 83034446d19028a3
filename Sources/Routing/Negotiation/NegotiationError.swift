// SPDX-License-Identifier: Apache-2.0

public import Transport

/// Why an offer or answer of a client is refused. Each case names the rule; `mid` names the section.
public enum NegotiationError: Error, Hashable, Sendable {
    /// The text is no session description.
    case sdp(SDPError)
    /// At least one section is alive.
    case noMedia
    /// A publisher has at most ``PublisherNegotiation/maximumSections``.
    case tooManySections
    /// Every section has a name (RFC 8829 §5.2.1).
    case missingMid
    /// All sections share one transport (RFC 9143).
    case notBundled
    /// RTP and RTCP share one port (RFC 8829 §4.1.1, policy "require").
    case rtcpMuxMissing(mid: String)
    /// ufrag and password are there and in their grammar.
    case missingCredentials
    /// A sha-256 fingerprint is there.
    case missingFingerprint
    /// One transport has one certificate, and keeps it.
    case fingerprintChanged
    /// The publisher offers to be the DTLS client; the viewer answers that it is.
    case wrongSetup
    /// Sections keep their place and name from one description to the next (RFC 8829 §5.2.2), and an answer has the
    /// sections of its offer.
    case sectionsDiffer
    /// A source was given for a section that doesn't exist or doesn't send.
    case notSending(mid: String)
    /// A microphone is audio, a camera is video.
    case wrongKind(mid: String)
    /// A participant publishes a source once.
    case duplicateSource(mid: String)
    /// Opus, VP8 or VP9 of profile 0 is offered.
    case noCommonCodec(mid: String)
    /// An extension id means one thing on one transport (RFC 9143 §9.2).
    case extensionsConflict(mid: String)
    /// Streams without announced SSRCs carry the mid extension, layers the rid extension too.
    case streamsNotIdentified(mid: String)
    /// Nothing was offered, or the answer was there already.
    case noOfferOutstanding
}
