// SPDX-License-Identifier: Apache-2.0

/// One media section (RFC 8866 §5.14) with the attributes that Vigil uses.
///
/// What a section inherits from the session level (credentials, fingerprint, setup, direction) is filled in by parsing.
public struct MediaDescription: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case audio
        case video
        /// Data channels and what else may come; offered to us, it is refused.
        case other(String)

        init(_ text: Substring) {
            switch text {
            case "audio": self = .audio
            case "video": self = .video
            default: self = .other(String(text))
            }
        }

        var text: String {
            switch self {
            case .audio: "audio"
            case .video: "video"
            case .other(let text): text
            }
        }
    }

    public var kind: Kind
    /// 0 refuses the section, unless it is only bundled (RFC 9143 §6).
    public var port: UInt16
    public var transportProtocol: String
    /// The payload types in the order of the media line. Empty for what isn't RTP.
    public var payloads: [PayloadFormat]
    /// The formats as written, for what isn't RTP.
    public var otherFormats: String

    public var mid: String?
    public var direction: MediaDirection
    public var iceUfrag: String?
    public var icePassword: String?
    public var candidates: [ICECandidate]
    public var hasEndOfCandidates: Bool
    public var fingerprint: Fingerprint?
    public var setup: DTLSSetup?
    public var isBundleOnly: Bool
    public var hasRTCPMux: Bool
    public var hasRTCPReducedSize: Bool
    public var extensions: [ExtensionMapping]
    public var allowsMixedExtensions: Bool
    public var msid: MediaStreamID?
    public var sources: [SourceAttribute]
    public var sourceGroups: [SourceGroup]
    public var restrictions: [StreamRestriction]
    public var simulcast: SimulcastDescription?

    public static let rtpProtocol = "UDP/TLS/RTP/SAVPF"

    public init(
        kind: Kind,
        port: UInt16 = 9,
        transportProtocol: String = MediaDescription.rtpProtocol,
        mid: String? = nil,
        direction: MediaDirection = .sendReceive
    ) {
        self.kind = kind
        self.port = port
        self.transportProtocol = transportProtocol
        self.mid = mid
        self.direction = direction
        payloads = []
        otherFormats = ""
        candidates = []
        hasEndOfCandidates = false
        isBundleOnly = false
        hasRTCPMux = false
        hasRTCPReducedSize = false
        extensions = []
        allowsMixedExtensions = false
        sources = []
        sourceGroups = []
        restrictions = []
    }

    /// Refused by its writer: port 0, not merely bundled.
    public var isRejected: Bool { port == 0 && !isBundleOnly }

    public var isRTP: Bool { transportProtocol.hasSuffix("RTP/SAVPF") || transportProtocol.hasSuffix("RTP/SAVP") }

    /// Both halves in their grammar, or nothing.
    public var credentials: ICECredentials? {
        guard let iceUfrag, let icePassword else { return nil }
        return ICECredentials(ufrag: iceUfrag, password: icePassword)
    }

    /// What Vigil carries of ``payloads``, in their order, each with its retransmissions.
    public var codecs: [NegotiatedCodec] {
        var found: [NegotiatedCodec] = []
        for payload in payloads {
            guard let codec = payload.codec, codec.isAudio == (kind == .audio),
                !found.contains(where: { $0.codec == codec })
            else { continue }
            let rtx = payloads.first { $0.associatedPayloadType == payload.payloadType }
            found.append(
                NegotiatedCodec(codec: codec, payloadType: payload.payloadType, rtxPayloadType: rtx?.payloadType)
            )
        }
        return found
    }
}
