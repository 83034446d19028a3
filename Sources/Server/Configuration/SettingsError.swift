// SPDX-License-Identifier: Apache-2.0

/// Why the server doesn't start with these settings. Each case names the setting that must change.
enum SettingsError: Error, Equatable, Sendable {
    case fileUnreadable(path: String)
    /// The file isn't YAML, or its top level isn't a mapping.
    case fileMalformed(path: String)
    case unknownKey(String, path: String)
    case invalid(SettingKey, value: String, expected: String)
    /// A list where one value belongs, or one value where a list belongs.
    case wrongShape(SettingKey)
    /// The setting makes sense only together with another one.
    case missing(SettingKey, neededBy: SettingKey)
    /// The two settings exclude each other.
    case conflict(SettingKey, SettingKey)
}

extension SettingsError: CustomStringConvertible {
    var description: String {
        switch self {
        case .fileUnreadable(let path): "The configuration file \(path) can't be read."
        case .fileMalformed(let path): "The configuration file \(path) isn't a YAML mapping of settings."
        case .unknownKey(let key, let path): "The configuration file \(path) has an unknown key: \(key)"
        case .invalid(let key, let value, let expected):
            key.isSecret
                ? "\(key.allNames): expected \(expected)."
                : "\(key.allNames): expected \(expected), not \"\(value)\"."
        case .wrongShape(let key):
            key.isList ? "\(key.allNames): expected a list." : "\(key.allNames): expected one value, not a list."
        case .missing(let key, let neededBy): "\(neededBy.allNames) also needs \(key.allNames)."
        case .conflict(let one, let other): "\(one.allNames) and \(other.allNames) exclude each other."
        }
    }
}

extension SettingKey {
    /// `--tls-key (VIGIL_TLS_KEY; tls.key in the file)`
    fileprivate var allNames: String { "--\(option) (\(environmentVariable); \(rawValue) in the file)" }
}
