// SPDX-License-Identifier: Apache-2.0

/// `a=ssrc-group` (RFC 5576 §4.2): `FID` pairs a stream with its retransmissions, `SIM` lists simulcast layers.
public struct SourceGroup: Hashable, Sendable {
    public var semantics: String
    public var ssrcs: [UInt32]

    public init(semantics: String, ssrcs: [UInt32]) {
        self.semantics = semantics
        self.ssrcs = ssrcs
    }

    init?(_ value: Substring) {
        let words = value.words
        guard let semantics = words.first, words.count <= SDPLimits.simulcastStreams + 1 else { return nil }
        self.semantics = String(semantics)
        ssrcs = []
        for word in words.dropFirst() {
            guard let ssrc = UInt32(word) else { return nil }
            ssrcs.append(ssrc)
        }
    }

    var text: String { ([semantics] + ssrcs.map { String($0) }).joined(separator: " ") }
}
