// SPDX-License-Identifier: Apache-2.0

/// `a=simulcast` (RFC 8853 §5.1). Of alternatives for one stream the first is kept; a paused stream counts as any.
public struct SimulcastDescription: Hashable, Sendable {
    /// Names of encodings, in the order that was written.
    public var send: [String]
    public var receive: [String]

    public init(send: [String] = [], receive: [String] = []) {
        self.send = send
        self.receive = receive
    }

    init?(_ value: Substring) {
        self.init()
        var words = value.words[...]
        guard words.count == 2 || words.count == 4 else { return nil }
        while let direction = words.popFirst(), let list = words.popFirst() {
            guard let names = SimulcastDescription.names(list) else { return nil }
            switch direction {
            case "send" where send.isEmpty: send = names
            case "recv" where receive.isEmpty: receive = names
            default: return nil
            }
        }
    }

    private static func names(_ list: Substring) -> [String]? {
        let streams = list.split(separator: ";", omittingEmptySubsequences: false)
        guard streams.count <= SDPLimits.simulcastStreams else { return nil }
        var names: [String] = []
        for stream in streams {
            var name = stream.firstWord(",").word
            if name.first == "~" { name = name.dropFirst() }
            guard SDPName.isRestrictionID(name), !names.contains(String(name)) else { return nil }
            names.append(String(name))
        }
        return names
    }

    var text: String {
        var parts: [String] = []
        if !send.isEmpty { parts.append("send " + send.joined(separator: ";")) }
        if !receive.isEmpty { parts.append("recv " + receive.joined(separator: ";")) }
        return parts.joined(separator: " ")
    }
}
