// SPDX-License-Identifier: Apache-2.0

/// Every setting, by the name it has in the configuration file.
///
/// The same name gives the option (`turn.secret` → `--turn-secret`) and the environment variable (`VIGIL_TURN_SECRET`),
/// so that who knows one knows all three.
enum SettingKey: String, CaseIterable, Sendable {
    case host
    case port
    case lan
    case publicAddress
    case udpPorts
    case mediaThreads
    case tlsCertificate = "tls.certificate"
    case tlsKey = "tls.key"
    case turnURLs = "turn.urls"
    case turnSecret = "turn.secret"
    case allowedOrigins
    case data
    case web
    case logOrigin = "log.origin"
    case logPolicy = "log.policy"
    case logLevel
    case metricsPort
    case maximumConnections
    case connectionsPerAddress

    /// The long option without its dashes.
    var option: String { SettingKey.separated(rawValue, by: "-") }

    var environmentVariable: String { "VIGIL_" + SettingKey.separated(rawValue, by: "_").uppercased() }

    /// Given several times on the command line, with commas in the environment, as a list in the file.
    var isList: Bool {
        switch self {
        case .publicAddress, .turnURLs, .allowedOrigins: true
        default: false
        }
    }

    /// The value never appears in a message.
    var isSecret: Bool { self == .turnSecret }

    private static func separated(_ name: String, by separator: Character) -> String {
        var result = ""
        for character in name {
            if character == "." {
                result.append(separator)
            } else if character.isUppercase {
                // One break before a run of capitals: `URLs` stays one word.
                if let last = result.last, last.isLowercase { result.append(separator) }
                result.append(character)
            } else {
                result.append(character)
            }
        }
        return result.lowercased()
    }
}
