// SPDX-License-Identifier: Apache-2.0

/// What the person who started the server needs to read.
enum Greeting {
    static func text(
        settings: Settings,
        port: Int,
        security: TransportSecurity?,
        addresses: [String]
    ) -> String {
        let scheme = security == nil ? "http" : "https"
        var lines = [""]
        let hosts = hosts(settings, addresses)
        lines.append(
            settings.isLAN
                ? "Vigil is running. Open on this machine, or on another device of this network:"
                : "Vigil is running. Open:"
        )
        lines.append("")
        lines += hosts.map { "    \(scheme)://\(ReachableAddresses.host($0)):\(port)/" }
        lines.append("")
        if let security, security.isSelfSigned {
            lines += warning(security.fingerprint)
        } else if security == nil, !settings.isLAN {
            lines += ["For other devices of your network, start with --lan.", ""]
        }
        lines += ["Stop with Ctrl-C.", ""]
        return lines.joined(separator: "\n")
    }

    private static func hosts(_ settings: Settings, _ addresses: [String]) -> [String] {
        switch settings.host {
        case "127.0.0.1", "::1", "localhost": return ["localhost"]
        case "0.0.0.0", "::":
            let typeable = addresses.filter { !$0.contains(":") }
            return (typeable.isEmpty ? addresses : typeable) + ["localhost"]
        default: return [settings.host]
        }
    }

    private static func warning(_ fingerprint: String) -> [String] {
        let half = fingerprint.index(fingerprint.startIndex, offsetBy: fingerprint.count / 2 + 1)
        return [
            "Each browser will warn once that it doesn't know this server: its certificate was made on this machine,",
            "and nobody else vouches for it. Browsers give camera and microphone only to encrypted pages, so it needs one.",
            "Before you go on (Chromium: Advanced, Proceed; Firefox: Advanced, Accept the Risk), look at the",
            "certificate in the browser. Its SHA-256 fingerprint must be:",
            "",
            "    " + fingerprint[..<half],
            "    " + fingerprint[half...],
            "",
            "If it differs, somebody stands between that device and this machine: don't go on.",
            "",
        ]
    }
}
