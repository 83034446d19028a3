// SPDX-License-Identifier: Apache-2.0

import Configuration
import Foundation
import NIOConcurrencyHelpers

/// Where settings come from, strongest first: command line, environment, file, defaults.
struct SettingsSources: Sendable {
    /// A setting given once has one element.
    var commandLine: [SettingKey: [String]] = [:]
    var environment: [String: String] = [:]
    /// The configuration file; `VIGIL_CONFIG` when `nil`.
    var file: String?

    func resolve() async throws(SettingsError) -> Settings {
        var providers: [any ConfigProvider] = [commandLineProvider]
        // `port` is looked up as VIGIL_PORT.
        providers.append(
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: ["vigil"])
        )
        if let path = file ?? environment["VIGIL_CONFIG"], let provider = try await fileProvider(path) {
            providers.append(provider)
        }
        return try await SettingsReader(reader: ConfigReader(providers: providers), environment: environment).read()
    }

    private var commandLineProvider: InMemoryProvider {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, texts) in commandLine {
            guard let last = texts.last else { continue }
            let content: ConfigContent = key.isList ? .stringArray(texts) : .string(last)
            values[AbsoluteConfigKey(key.components)] = ConfigValue(content, isSecret: key.isSecret)
        }
        return InMemoryProvider(name: "command line", values: values)
    }

    /// `nil` for a file that holds only comments, which YAML doesn't take for a mapping.
    private func fileProvider(_ path: String) async throws(SettingsError) -> FileProvider<YAMLSnapshot>? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw .fileUnreadable(path: path)
        }
        let hasContent = text.split(whereSeparator: \.isNewline).contains { line in
            let trimmed = line.drop(while: \.isWhitespace)
            return !trimmed.isEmpty && !trimmed.hasPrefix("#")
        }
        guard hasContent else { return nil }

        // The library asks about each key of the file whether it is secret: the one moment when the keys are seen.
        let collector = KeyCollector()
        let provider: FileProvider<YAMLSnapshot>
        do {
            provider = try await FileProvider<YAMLSnapshot>(
                parsingOptions: .init(
                    secretsSpecifier: .dynamic { key, _ in
                        collector.add(key)
                        return SettingKey(rawValue: key)?.isSecret ?? false
                    }
                ),
                config: ConfigReader(
                    provider: InMemoryProvider(values: ["filePath": ConfigValue(.string(path), isSecret: false)])
                )
            )
        } catch {
            throw .fileMalformed(path: path)
        }
        if let unknown = collector.keys.first(where: { SettingKey(rawValue: $0) == nil }) {
            throw .unknownKey(unknown, path: path)
        }
        return provider
    }
}

extension SettingKey {
    var components: [String] { rawValue.split(separator: ".").map(String.init) }
}

/// The keys of a file, in its order.
private final class KeyCollector: Sendable {
    private let seen = NIOLockedValueBox<[String]>([])

    var keys: [String] { seen.withLockedValue { $0 } }

    func add(_ key: String) { seen.withLockedValue { $0.append(key) } }
}
