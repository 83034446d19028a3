// SPDX-License-Identifier: Apache-2.0

import Foundation
import NativeCrypto
import Transparency

/// What a witness is told: one file, a word and its values on each line, `#` for comments.
///
/// ```
/// name    witness.example/w1
/// data    /var/lib/vigil-witness
/// listen  127.0.0.1:8081
/// log     meet.example/log+c7e1…+AQ…
/// ```
struct WitnessConfiguration: Sendable {
    /// The name of its key, which is made on the first start.
    var name: KeyName
    /// The folder for its key, its records, and evidence.
    var data: String
    var host = "127.0.0.1"
    var port = 8_081
    /// The logs that it cosigns; several keys of one name are one log.
    var logs: [KnownLog] = []

    init(parsing text: String) throws(WitnessConfigurationRefusal) {
        var name: KeyName?
        var data: String?
        var keys: [VerifierKey] = []
        var seen: Set<String> = []
        for (offset, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let number = offset + 1
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
            guard let keyword = words.first, !keyword.hasPrefix("#") else { continue }
            guard words.count == 2, let value = words.last else { throw .wrongItemCount(line: number) }
            guard keyword == "log" || seen.insert(keyword).inserted else { throw .twice(keyword, line: number) }
            switch keyword {
            case "name":
                guard let parsed = KeyName(value.utf8) else { throw .invalidName(line: number) }
                name = parsed
            case "data": data = value
            case "listen":
                (host, port) = try WitnessConfiguration.address(value, number)
            case "log":
                guard let key = try? VerifierKey(parsing: value.utf8, with: NativeCrypto.self), key.type == .ed25519,
                    LogOrigin(key.name.bytes) != nil
                else { throw .invalidKey(line: number) }
                keys.append(key)
            default: throw .unknownKeyword(keyword, line: number)
            }
        }
        guard let name else { throw .missing("name") }
        guard let data else { throw .missing("data") }
        guard !keys.isEmpty else { throw .missing("log") }
        self.name = name
        self.data = data
        for key in keys {
            guard let origin = LogOrigin(key.name.bytes), !logs.contains(where: { $0.origin == origin }) else {
                continue
            }
            let own = keys.filter { $0.name == key.name }
            if let log = KnownLog(origin: origin, keys: own) { logs.append(log) }
        }
    }

    /// `HOST:PORT`, with brackets around an IPv6 address.
    private static func address(_ text: String, _ line: Int) throws(WitnessConfigurationRefusal) -> (String, Int) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            0...65_535 ~= port
        else { throw .invalidAddress(line: line) }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard !host.isEmpty else { throw .invalidAddress(line: line) }
        return (host, port)
    }
}
