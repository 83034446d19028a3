// SPDX-License-Identifier: Apache-2.0

/// Reads a description line by line; the state is the description so far.
struct SDPParser {
    private var session = SessionDescription(id: 0, version: 0)
    /// What stands above the first media line and holds for every section without its own.
    private var inherited = MediaDescription(kind: .other(""), direction: .sendReceive)
    private var section: MediaDescription?
    private var mids: Set<String> = []
    private var wildcardFeedback: [String] = []

    static func parse(_ text: some StringProtocol) throws(SDPError) -> SessionDescription {
        guard text.utf8.count <= SDPLimits.bytes else { throw .tooLong }
        // Bridged strings are ten times slower to walk.
        var native = String(text)
        native.makeContiguousUTF8()
        var parser = SDPParser()
        var count = 0
        var rest = Substring(native).utf8
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            var line = rest[..<end]
            rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[end...]
            if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
            guard line.count <= SDPLimits.lineBytes else { throw .lineTooLong }
            if line.isEmpty { continue }
            count += 1
            guard count <= SDPLimits.lines else { throw .tooManyLines }
            try parser.read(Substring(line), isFirst: count == 1)
        }
        guard count > 0 else { throw .unsupportedVersion }
        try parser.closeSection()
        return parser.session
    }

    private mutating func read(_ line: Substring, isFirst: Bool) throws(SDPError) {
        if isFirst {
            guard line == "v=0" else { throw .unsupportedVersion }
            return
        }
        let bytes = line.utf8
        guard bytes.count >= 2, let letter = bytes.first, bytes.dropFirst().first == UInt8(ascii: "=") else {
            throw .malformedLine
        }
        let value = Substring(bytes.dropFirst(2))
        switch letter {
        case UInt8(ascii: "o"): readOrigin(value)
        case UInt8(ascii: "m"): try openSection(value)
        case UInt8(ascii: "a"):
            let (name, argument) = value.firstWord(":")
            guard let attribute = SDPAttribute(rawValue: String(name)) else { return }
            if section == nil {
                try readSessionAttribute(attribute, argument)
            } else {
                try section?.read(attribute, argument, wildcardFeedback: &wildcardFeedback)
            }
        default: break
        }
    }

    /// `- 4711 2 IN IP4 0.0.0.0`; some writers use numbers beyond 64 bits, which then count as 0.
    private mutating func readOrigin(_ value: Substring) {
        let words = value.words
        guard words.count >= 3 else { return }
        session.id = UInt64(words[1]) ?? 0
        session.version = UInt64(words[2]) ?? 0
    }

    private mutating func readSessionAttribute(_ attribute: SDPAttribute, _ value: Substring) throws(SDPError) {
        switch attribute {
        case .iceLite: session.isICELite = true
        case .group:
            let words = value.words
            guard words.first == "BUNDLE" else { return }
            guard words.count <= SDPLimits.groupMembers + 1 else { throw .tooMany(.group) }
            // A second bundle would be a second transport, which nobody offers; the first counts.
            guard session.bundle.isEmpty else { return }
            for word in words.dropFirst() {
                guard SDPName.isToken(word) else { throw .malformed(.group) }
                session.bundle.append(String(word))
            }
        case .fingerprint, .iceUfrag, .icePassword, .setup, .extensionMapAllowMixed, .sendReceive, .sendOnly,
            .receiveOnly, .inactive:
            var ignored: [String] = []
            try inherited.read(attribute, value, wildcardFeedback: &ignored)
        default: break
        }
    }

    private mutating func openSection(_ value: Substring) throws(SDPError) {
        try closeSection()
        guard session.media.count < SDPLimits.sections else { throw .tooManySections }
        let words = value.words
        guard words.count >= 4, let port = UInt16(words[1].firstWord("/").word), SDPName.isToken(words[0]) else {
            throw .malformedMediaLine
        }
        var section = MediaDescription(
            kind: .init(words[0]),
            port: port,
            transportProtocol: String(words[2]),
            direction: inherited.direction
        )
        section.iceUfrag = inherited.iceUfrag
        section.icePassword = inherited.icePassword
        section.fingerprint = inherited.fingerprint
        section.setup = inherited.setup
        section.allowsMixedExtensions = inherited.allowsMixedExtensions
        if section.isRTP {
            for word in words.dropFirst(3) {
                guard let type = UInt8(word), type < 128 else { throw .malformedPayloadType }
                guard !section.payloads.contains(where: { $0.payloadType == type }) else {
                    throw .duplicatePayloadType
                }
                section.payloads.append(PayloadFormat(payloadType: type))
            }
        } else {
            section.otherFormats = words.dropFirst(3).joined(separator: " ")
        }
        self.section = section
    }

    private mutating func closeSection() throws(SDPError) {
        guard var closed = section else { return }
        if let mid = closed.mid {
            guard mids.insert(mid).inserted else { throw .duplicateMid }
        }
        for feedback in wildcardFeedback {
            for index in closed.payloads.indices { closed.payloads[index].feedback.append(feedback) }
        }
        wildcardFeedback = []
        session.media.append(closed)
        section = nil
    }
}

extension SessionDescription {
    /// Reads a description from a peer. Unknown lines and attributes are passed over; lines may end in LF alone.
    public static func parse(_ text: some StringProtocol) throws(SDPError) -> SessionDescription {
        try SDPParser.parse(text)
    }
}
