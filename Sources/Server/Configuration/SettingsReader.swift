// SPDX-License-Identifier: Apache-2.0

import Base
import Configuration
import Foundation
import Logging
import NIOCore
import NativeCrypto
import Transparency

/// Turns texts into ``Settings``, or says which setting is wrong.
struct SettingsReader {
    let reader: ConfigReader
    let environment: [String: String]

    func read() async throws(SettingsError) -> Settings {
        let tls = try await tlsFiles()
        let isLAN = try await boolean(.lan) ?? false
        let usesTLS = isLAN || tls != nil
        let host = try await string(.host) ?? (isLAN ? SettingsReader.everyAddress : "127.0.0.1")
        guard !host.isEmpty else { throw .invalid(.host, value: host, expected: "an address or a host name") }
        return Settings(
            host: host,
            port: try await integer(.port, in: 0...65_535) ?? (usesTLS ? 8443 : 8080),
            isLAN: isLAN,
            publicAddresses: try await publicAddresses(),
            udpPorts: try await portRange(.udpPorts) ?? 40_000...40_099,
            mediaThreads: try await integer(.mediaThreads, in: 1...64) ?? SettingsReader.defaultMediaThreads,
            tls: tls,
            turn: try await turn(),
            allowedOrigins: try await origins(),
            dataFolder: try await folder(.data) ?? defaultDataFolder,
            webFolder: try await folder(.web),
            logLevel: try await logLevel(),
            metricsPort: try await integer(.metricsPort, in: 0...65_535),
            limits: try await limits(),
            log: try await log()
        )
    }

    // MARK: One setting each

    private func tlsFiles() async throws(SettingsError) -> TLSFiles? {
        switch (try await string(.tlsCertificate), try await string(.tlsKey)) {
        case (.none, .none): return nil
        case (.some, .none): throw .missing(.tlsKey, neededBy: .tlsCertificate)
        case (.none, .some): throw .missing(.tlsCertificate, neededBy: .tlsKey)
        case (.some(let certificate), .some(let key)):
            return TLSFiles(
                certificate: try readableFile(certificate, .tlsCertificate),
                key: try readableFile(key, .tlsKey)
            )
        }
    }

    private func publicAddresses() async throws(SettingsError) -> [String] {
        let addresses = try await strings(.publicAddress) ?? []
        for address in addresses where (try? SocketAddress(ipAddress: address, port: 0)) == nil {
            throw .invalid(.publicAddress, value: address, expected: "an IPv4 or IPv6 address")
        }
        return addresses
    }

    private func turn() async throws(SettingsError) -> TURNSettings? {
        let urls = try await strings(.turnURLs)
        let secret = try await string(.turnSecret)
        switch (urls, secret) {
        case (.none, .none): return nil
        case (.some, .none): throw .missing(.turnSecret, neededBy: .turnURLs)
        case (.none, .some): throw .missing(.turnURLs, neededBy: .turnSecret)
        case (.some(let urls), .some(let secret)):
            for url in urls where !(url.hasPrefix("turn:") || url.hasPrefix("turns:")) {
                throw .invalid(.turnURLs, value: url, expected: "turn:HOST:PORT or turns:HOST:PORT")
            }
            guard !secret.isEmpty else { throw .invalid(.turnSecret, value: "", expected: "a shared secret") }
            return TURNSettings(urls: urls, secret: Secret(Array(secret.utf8)))
        }
    }

    private func origins() async throws(SettingsError) -> AllowedOrigins {
        guard let origins = try await strings(.allowedOrigins), origins != ["*"] else { return .any }
        for origin in origins {
            guard let url = URL(string: origin), url.scheme == "https" || url.scheme == "http", url.host != nil,
                url.path.isEmpty, !origin.hasSuffix("/")
            else { throw .invalid(.allowedOrigins, value: origin, expected: "an origin like https://meet.example") }
        }
        return .listed(Set(origins.map { $0.lowercased() }))
    }

    private func log() async throws(SettingsError) -> LogSettings {
        let origin = try await string(.logOrigin)
        if let origin, KeyName(origin.utf8) == nil || origin.contains("://") || origin.hasSuffix("/") {
            throw .invalid(.logOrigin, value: origin, expected: "a name like meet.example/log")
        }
        var text = LogSettings.noWitnesses
        let path = try await string(.logPolicy)
        if let path {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw .invalid(.logPolicy, value: path, expected: "a readable policy file")
            }
            text = Array(data)
        }
        do throws(PolicyRefusal) {
            let policy = try TrustPolicy(parsing: text, with: NativeCrypto.self)
            return LogSettings(origin: origin, policy: policy, policyText: text)
        } catch {
            let expected = "a policy (c2sp.org/tlog-policy); line \(error.line) isn't one: \(error.rule)"
            throw .invalid(.logPolicy, value: path ?? "", expected: expected)
        }
    }

    private func logLevel() async throws(SettingsError) -> Logger.Level {
        guard let text = try await string(.logLevel) else { return .notice }
        guard let level = Logger.Level(rawValue: text) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(.logLevel, value: text, expected: "one of \(levels)")
        }
        return level
    }

    private func limits() async throws(SettingsError) -> ConnectionLimits {
        var limits = ConnectionLimits()
        if let total = try await integer(.maximumConnections, in: 1...1_000_000) {
            limits.total = total
            limits.waiting = min(limits.waiting, total)
        }
        if let perAddress = try await integer(.connectionsPerAddress, in: 1...1_000_000) {
            limits.waitingPerAddress = perAddress
        }
        return limits
    }

    private var defaultDataFolder: String {
        // systemd names the folder it made for the service (StateDirectory=).
        if let folder = environment["STATE_DIRECTORY"], !folder.isEmpty { return folder }
        if let folder = environment["XDG_DATA_HOME"], folder.hasPrefix("/") { return folder + "/vigil" }
        if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.local/share/vigil" }
        return "/var/lib/vigil"
    }

    /// More threads than half the processors would take them from signalling and the kernel's own packet work.
    private static var defaultMediaThreads: Int { max(1, min(16, System.coreCount / 2)) }

    /// `::` takes IPv4 too, where the machine has IPv6 at all.
    private static var everyAddress: String {
        let hasIPv6 = (try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8))?.isEmpty == false
        return hasIPv6 ? "::" : "0.0.0.0"
    }
}

// MARK: Kinds of values

extension SettingsReader {
    private func string(_ key: SettingKey) async throws(SettingsError) -> String? {
        do {
            return try await reader.fetchString(forKey: ConfigKey(key.components), isSecret: key.isSecret)
        } catch {
            throw .wrongShape(key)
        }
    }

    private func strings(_ key: SettingKey) async throws(SettingsError) -> [String]? {
        let values: [String]?
        do {
            values = try await reader.fetchStringArray(forKey: ConfigKey(key.components), isSecret: key.isSecret)
        } catch {
            throw .wrongShape(key)
        }
        guard let values, !values.isEmpty else { return nil }
        // `--turn-urls a,b` is what people try after they have seen the environment variable.
        return values.flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private func integer(_ key: SettingKey, in range: ClosedRange<Int>) async throws(SettingsError) -> Int? {
        guard let text = try await string(key) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .invalid(key, value: text, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func boolean(_ key: SettingKey) async throws(SettingsError) -> Bool? {
        guard let text = try await string(key) else { return nil }
        switch text.lowercased() {
        case "true", "yes", "1": return true
        case "false", "no", "0": return false
        default: throw .invalid(key, value: text, expected: "true or false")
        }
    }

    /// `40000-40099`, or one number.
    private func portRange(_ key: SettingKey) async throws(SettingsError) -> ClosedRange<UInt16>? {
        guard let text = try await string(key) else { return nil }
        let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { UInt16($0) }
        if bounds.count == 1, let only = bounds[0], only > 0 { return only...only }
        if bounds.count == 2, let lower = bounds[0], let upper = bounds[1], lower > 0, lower <= upper {
            return lower...upper
        }
        throw .invalid(key, value: text, expected: "ports like 40000-40099")
    }

    private func folder(_ key: SettingKey) async throws(SettingsError) -> String? {
        guard let path = try await string(key) else { return nil }
        guard !path.isEmpty else { throw .invalid(key, value: path, expected: "a folder") }
        return path
    }

    private func readableFile(_ path: String, _ key: SettingKey) throws(SettingsError) -> String {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw .invalid(key, value: path, expected: "a readable PEM file")
        }
        return path
    }
}
