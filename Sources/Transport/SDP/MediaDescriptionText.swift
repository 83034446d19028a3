// SPDX-License-Identifier: Apache-2.0

extension MediaDescription {
    func write(into writer: inout SDPWriter) {
        let formats = isRTP ? payloads.map { String($0.payloadType) }.joined(separator: " ") : otherFormats
        writer.line("m=\(kind.text) \(port) \(transportProtocol) \(formats.isEmpty ? "0" : formats)")
        writer.line("c=IN IP4 0.0.0.0")
        if let mid { writer.attribute(.mid, mid) }
        writeTransport(into: &writer)
        guard isRTP else { return }
        writer.line("a=" + direction.rawValue)
        if hasRTCPMux { writer.attribute(.rtcpMux) }
        if hasRTCPReducedSize { writer.attribute(.rtcpReducedSize) }
        if allowsMixedExtensions { writer.attribute(.extensionMapAllowMixed) }
        for mapping in extensions { writer.attribute(.extensionMap, mapping.text) }
        for payload in payloads where !payload.name.isEmpty {
            writer.attribute(.rtpMap, payload.mapText)
            for feedback in payload.feedback { writer.attribute(.rtcpFeedback, "\(payload.payloadType) \(feedback)") }
            if !payload.parameters.isEmpty {
                writer.attribute(.formatParameters, "\(payload.payloadType) \(payload.parameters)")
            }
        }
        if let msid { writer.attribute(.msid, msid.text) }
        for group in sourceGroups { writer.attribute(.sourceGroup, group.text) }
        for source in sources {
            writer.attribute(.source, "\(source.ssrc)" + (source.canonicalName.map { " cname:\($0)" } ?? ""))
        }
        for restriction in restrictions { writer.attribute(.restriction, restriction.text) }
        if let simulcast { writer.attribute(.simulcast, simulcast.text) }
    }

    private func writeTransport(into writer: inout SDPWriter) {
        if isBundleOnly { writer.attribute(.bundleOnly) }
        if let iceUfrag { writer.attribute(.iceUfrag, iceUfrag) }
        if let icePassword { writer.attribute(.icePassword, icePassword) }
        if let fingerprint { writer.attribute(.fingerprint, fingerprint.sdp) }
        if let setup { writer.attribute(.setup, setup.rawValue) }
        // `sdpText` opens with `candidate:` itself.
        for candidate in candidates { writer.line("a=" + candidate.sdpText) }
        if hasEndOfCandidates { writer.attribute(.endOfCandidates) }
    }
}
