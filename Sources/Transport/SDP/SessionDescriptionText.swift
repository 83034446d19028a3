// SPDX-License-Identifier: Apache-2.0

extension SessionDescription {
    /// The description as it is sent.
    public var text: String {
        var writer = SDPWriter()
        writer.line("v=0")
        writer.line("o=- \(id) \(version) IN IP4 127.0.0.1")
        writer.line("s=-")
        writer.line("t=0 0")
        if isICELite { writer.attribute(.iceLite) }
        if !bundle.isEmpty { writer.attribute(.group, "BUNDLE " + bundle.joined(separator: " ")) }
        for section in media { section.write(into: &writer) }
        return writer.text
    }
}

/// Collects lines.
struct SDPWriter {
    private(set) var text = ""

    mutating func line(_ line: String) {
        text += line
        text += "\r\n"
    }

    mutating func attribute(_ attribute: SDPAttribute, _ value: String? = nil) {
        line(value.map { "a=\(attribute.rawValue):\($0)" } ?? "a=\(attribute.rawValue)")
    }
}
