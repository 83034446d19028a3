// SPDX-License-Identifier: Apache-2.0

/// One payload type of a media section: `rtpmap`, `fmtp` and `rtcp-fb` together (RFC 8866 §6.6, §6.15, RFC 4585 §4.2).
public struct PayloadFormat: Hashable, Sendable {
    /// Seven bits.
    public var payloadType: UInt8
    /// The encoding name as written; empty for a static type without `rtpmap`.
    public var name: String
    public var clockRate: UInt32
    /// Audio channels where said.
    public var channels: UInt8?
    /// The value of `fmtp`, e.g. `minptime=10;useinbandfec=1`; empty without one.
    public var parameters: String
    /// E.g. `nack pli`.
    public var feedback: [String]

    public init(
        payloadType: UInt8,
        name: String = "",
        clockRate: UInt32 = 0,
        channels: UInt8? = nil,
        parameters: String = "",
        feedback: [String] = []
    ) {
        self.payloadType = payloadType
        self.name = name
        self.clockRate = clockRate
        self.channels = channels
        self.parameters = parameters
        self.feedback = feedback
    }

    /// The value of one format parameter, by its name without regard to case.
    public func parameter(_ name: String) -> Substring? {
        for pair in parameters.split(separator: ";") {
            let (key, value) = pair.firstWord("=")
            let trimmed = key.drop { $0 == " " }
            if trimmed.lowercased() == name { return value }
        }
        return nil
    }

    /// What Vigil carries, or `nil`: Opus in its only form, VP8, VP9 of profile 0.
    public var codec: Codec? {
        guard let codec = Codec.allCases.first(where: { $0.name.lowercased() == name.lowercased() }),
            codec.clockRate == clockRate
        else { return nil }
        if codec == .opus, channels != 2 { return nil }
        if codec == .vp9, let profile = parameter("profile-id"), profile != "0" { return nil }
        return codec
    }

    /// The payload type that this one retransmits, for `rtx` (RFC 4588 §8.1).
    public var associatedPayloadType: UInt8? {
        guard name.lowercased() == "rtx" else { return nil }
        return parameter("apt").flatMap { UInt8($0) }
    }

    /// `VP8/90000`; false for a value that doesn't follow the grammar.
    mutating func readMap(_ value: Substring) -> Bool {
        let parts = value.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, !parts[0].isEmpty, let rate = UInt32(parts[1]) else { return false }
        if parts.count == 3 {
            guard let count = UInt8(parts[2]) else { return false }
            channels = count
        }
        name = String(parts[0])
        clockRate = rate
        return true
    }

    var mapText: String { "\(payloadType) \(name)/\(clockRate)\(channels.map { "/\($0)" } ?? "")" }
}
