// SPDX-License-Identifier: Apache-2.0

extension MediaDescription {
    /// Takes one attribute of the section. Feedback for all payload types at once is left in `wildcardFeedback`.
    mutating func read(
        _ attribute: SDPAttribute,
        _ value: Substring,
        wildcardFeedback: inout [String]
    ) throws(SDPError) {
        switch attribute {
        case .candidate: try readCandidate(value)
        case .endOfCandidates: hasEndOfCandidates = true
        case .extensionMap: try readExtension(value)
        case .extensionMapAllowMixed: allowsMixedExtensions = true
        case .fingerprint: readFingerprint(value)
        case .formatParameters: try readParameters(value)
        case .iceUfrag:
            guard !value.isEmpty, value.utf8.count <= 256 else { throw .malformed(.iceUfrag) }
            iceUfrag = String(value)
        case .icePassword:
            guard !value.isEmpty, value.utf8.count <= 256 else { throw .malformed(.icePassword) }
            icePassword = String(value)
        case .mid:
            guard SDPName.isToken(value) else { throw .malformed(.mid) }
            mid = String(value)
        case .msid:
            guard let parsed = MediaStreamID(value) else { throw .malformed(.msid) }
            // A track of several streams has several lines; the first names it well enough.
            if msid == nil { msid = parsed }
        case .restriction:
            guard restrictions.count < SDPLimits.restrictions else { throw .tooMany(.restriction) }
            guard let parsed = StreamRestriction(value) else { throw .malformed(.restriction) }
            restrictions.append(parsed)
        case .rtcpFeedback: try readFeedback(value, wildcardFeedback: &wildcardFeedback)
        case .rtcpMux: hasRTCPMux = true
        case .rtcpReducedSize: hasRTCPReducedSize = true
        case .rtpMap: try readMap(value)
        case .bundleOnly: isBundleOnly = true
        case .setup:
            guard let parsed = DTLSSetup(rawValue: String(value)) else { throw .malformed(.setup) }
            setup = parsed
        case .simulcast:
            guard let parsed = SimulcastDescription(value) else { throw .malformed(.simulcast) }
            simulcast = parsed
        case .source: try readSource(value)
        case .sourceGroup:
            guard sourceGroups.count < SDPLimits.sourceGroups else { throw .tooMany(.sourceGroup) }
            guard let parsed = SourceGroup(value) else { throw .malformed(.sourceGroup) }
            sourceGroups.append(parsed)
        case .sendReceive: direction = .sendReceive
        case .sendOnly: direction = .sendOnly
        case .receiveOnly: direction = .receiveOnly
        case .inactive: direction = .inactive
        case .group, .iceLite: break
        }
    }

    /// Candidates that aren't for us (host names, other components) are passed over, broken ones with them.
    private mutating func readCandidate(_ value: Substring) throws(SDPError) {
        guard candidates.count < SDPLimits.candidates else { throw .tooMany(.candidate) }
        if let candidate = ICECandidate(sdpText: value) { candidates.append(candidate) }
    }

    private mutating func readExtension(_ value: Substring) throws(SDPError) {
        switch ExtensionMapping.read(value) {
        case .mapping(let mapping):
            guard extensions.count < SDPLimits.extensions else { throw .tooMany(.extensionMap) }
            extensions.append(mapping)
        case .unusable: break
        case .malformed: throw .malformed(.extensionMap)
        }
    }

    /// aiortc gives one line for each hash; sha-256 is the one that everybody has.
    private mutating func readFingerprint(_ value: Substring) {
        if let parsed = Fingerprint(sdp: value) { fingerprint = parsed }
    }

    /// Lines about payload types that aren't in the media line are passed over: Firefox leaves such behind when
    /// codec preferences drop one.
    private func index(of number: Substring, in attribute: SDPAttribute) throws(SDPError) -> Int? {
        guard let type = UInt8(number) else { throw .malformed(attribute) }
        return payloads.firstIndex { $0.payloadType == type }
    }

    private mutating func readMap(_ value: Substring) throws(SDPError) {
        let (number, map) = value.firstWord()
        guard let index = try index(of: number, in: .rtpMap) else { return }
        guard payloads[index].readMap(map) else { throw .malformed(.rtpMap) }
    }

    private mutating func readParameters(_ value: Substring) throws(SDPError) {
        let (number, parameters) = value.firstWord()
        guard let index = try index(of: number, in: .formatParameters) else { return }
        payloads[index].parameters = String(parameters)
    }

    private mutating func readFeedback(_ value: Substring, wildcardFeedback: inout [String]) throws(SDPError) {
        let (number, feedback) = value.firstWord()
        if number == "*" {
            guard wildcardFeedback.count < SDPLimits.feedback else { throw .tooMany(.rtcpFeedback) }
            wildcardFeedback.append(String(feedback))
            return
        }
        guard let index = try index(of: number, in: .rtcpFeedback) else { return }
        guard payloads[index].feedback.count < SDPLimits.feedback else { throw .tooMany(.rtcpFeedback) }
        payloads[index].feedback.append(String(feedback))
    }

    /// Several lines about one source become one entry.
    private mutating func readSource(_ value: Substring) throws(SDPError) {
        guard let parsed = SourceAttribute(value) else { throw .malformed(.source) }
        if let index = sources.firstIndex(where: { $0.ssrc == parsed.ssrc }) {
            if let name = parsed.canonicalName { sources[index].canonicalName = name }
            return
        }
        guard sources.count < SDPLimits.sources else { throw .tooMany(.source) }
        sources.append(parsed)
    }
}
