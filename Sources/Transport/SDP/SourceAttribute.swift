// SPDX-License-Identifier: Apache-2.0

/// One `a=ssrc` line (RFC 5576 §4.1). Only the canonical name is kept of what such lines say.
public struct SourceAttribute: Hashable, Sendable {
    public var ssrc: UInt32
    public var canonicalName: String?

    public init(ssrc: UInt32, canonicalName: String? = nil) {
        self.ssrc = ssrc
        self.canonicalName = canonicalName
    }

    init?(_ value: Substring) {
        let (number, attribute) = value.firstWord()
        guard let ssrc = UInt32(number) else { return nil }
        self.ssrc = ssrc
        let (name, text) = attribute.firstWord(":")
        canonicalName = name == "cname" && !text.isEmpty ? String(text) : nil
    }
}
