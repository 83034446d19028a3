// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Logging
import Testing
import Transparency

@testable import Server

@Suite("Settings")
struct SettingsTests {
    @Test("with nothing said, the server serves this machine only")
    func defaults() async throws {
        let settings = try await SettingsSources().resolve()
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 8080)
        #expect(!settings.isLAN)
        #expect(settings.tls == nil)
        #expect(settings.turn == nil)
        #expect(settings.metricsPort == nil)
        #expect(settings.allowedOrigins == .any)
        #expect(settings.udpPorts == 40_000...40_099)
    }

    @Test("the command line wins over the environment, the environment over the file, the file over the default")
    func precedence() async throws {
        try await withFile("port: 1001\nlogLevel: debug\nmediaThreads: 3\n") { file in
            var sources = SettingsSources(
                commandLine: [.port: ["3003"]],
                environment: ["VIGIL_PORT": "2002", "VIGIL_LOG_LEVEL": "error"],
                file: file
            )
            var settings = try await sources.resolve()
            #expect(settings.port == 3003)
            #expect(settings.logLevel == .error)
            #expect(settings.mediaThreads == 3)

            sources.commandLine = [:]
            settings = try await sources.resolve()
            #expect(settings.port == 2002)

            sources.environment = ["VIGIL_CONFIG": file]
            sources.file = nil
            settings = try await sources.resolve()
            #expect(settings.port == 1001)
            #expect(settings.logLevel == .debug)
        }
    }

    @Test("nested keys and lists read the same from all three sources")
    func shapes() async throws {
        try await withFile("turn:\n  urls: [\"turn:a:1\", \"turns:b:2\"]\n  secret: s\n") { file in
            let fromFile = try await SettingsSources(file: file).resolve()
            #expect(fromFile.turn?.urls == ["turn:a:1", "turns:b:2"])
        }
        let fromEnvironment = try await SettingsSources(
            environment: ["VIGIL_TURN_URLS": "turn:a:1,turns:b:2", "VIGIL_TURN_SECRET": "s"]
        ).resolve()
        #expect(fromEnvironment.turn?.urls == ["turn:a:1", "turns:b:2"])
        let fromCommandLine = try await SettingsSources(
            commandLine: [.turnURLs: ["turn:a:1", "turns:b:2"], .turnSecret: ["s"]]
        ).resolve()
        #expect(fromCommandLine.turn?.urls == ["turn:a:1", "turns:b:2"])
    }

    @Test("a key that nobody knows is refused by its name")
    func unknownKey() async throws {
        try await withFile("port: 1001\nturn:\n  url: turn:a\n") { file in
            await #expect(throws: SettingsError.unknownKey("turn.url", path: file)) {
                try await SettingsSources(file: file).resolve()
            }
        }
    }

    @Test("a file that isn't there, or isn't a mapping, is refused; one with nothing but comments is fine")
    func files() async throws {
        await #expect(throws: SettingsError.fileUnreadable(path: "/nowhere/vigil.yaml")) {
            try await SettingsSources(file: "/nowhere/vigil.yaml").resolve()
        }
        try await withFile("- a\n- b\n") { file in
            await #expect(throws: SettingsError.fileMalformed(path: file)) {
                try await SettingsSources(file: file).resolve()
            }
        }
        try await withFile("# port: 1\n\n") { file in
            let settings = try await SettingsSources(file: file).resolve()
            #expect(settings.port == 8080)
        }
    }

    @Test(
        "a bad value is refused with its option's name",
        arguments: [
            (SettingKey.port, "0x50"), (.port, "65536"), (.port, ""), (.mediaThreads, "0"), (.udpPorts, "500-400"),
            (.udpPorts, "0"), (.udpPorts, "1-2-3"), (.publicAddress, "meet.example"), (.logLevel, "loud"),
            (.allowedOrigins, "meet.example"), (.allowedOrigins, "https://meet.example/"), (.lan, "maybe"),
            (.metricsPort, "-1"), (.tlsCertificate, "/nowhere.pem"), (.maximumConnections, "0"), (.host, ""),
        ]
    )
    func badValues(key: SettingKey, value: String) async throws {
        var environment = [key.environmentVariable: value]
        if key == .tlsCertificate { environment[SettingKey.tlsKey.environmentVariable] = "/nowhere.pem" }
        let error = await #expect(throws: SettingsError.self) {
            try await SettingsSources(environment: environment).resolve()
        }
        let text = try #require(error).description
        #expect(text.contains("--\(key.option)"))
        #expect(text.contains(key.environmentVariable))
    }

    @Test("a list where one value belongs is refused")
    func wrongShape() async throws {
        try await withFile("port: [1, 2]\n") { file in
            await #expect(throws: SettingsError.wrongShape(.port)) { try await SettingsSources(file: file).resolve() }
        }
    }

    @Test("what only works together is asked for together")
    func together() async throws {
        await #expect(throws: SettingsError.missing(.turnSecret, neededBy: .turnURLs)) {
            try await SettingsSources(commandLine: [.turnURLs: ["turn:a"]]).resolve()
        }
        await #expect(throws: SettingsError.missing(.tlsKey, neededBy: .tlsCertificate)) {
            try await SettingsSources(commandLine: [.tlsCertificate: ["/etc/hostname"]]).resolve()
        }
    }

    @Test("no message shows a secret")
    func secrets() {
        let error = SettingsError.invalid(.turnSecret, value: "hunter2", expected: "a shared secret")
        #expect(!error.description.contains("hunter2"))
    }

    @Test("the network option listens everywhere, on the TLS port")
    func lan() async throws {
        let settings = try await SettingsSources(commandLine: [.lan: ["true"]]).resolve()
        #expect(settings.isLAN)
        #expect(["::", "0.0.0.0"].contains(settings.host))
        #expect(settings.port == 8443)
    }

    @Test("every setting has its option, its variable in the help, and its line in the sample file")
    func complete() throws {
        let help = Main.helpMessage(columns: 400)
        let sample = try String(contentsOf: SettingsTests.sample, encoding: .utf8)
        for key in SettingKey.allCases {
            #expect(help.contains("--\(key.option) "), "\(key)")
            #expect(help.contains("[\(key.environmentVariable)]"), "\(key)")
            #expect(sample.contains("\(key.components.last ?? ""):"), "\(key)")
        }
    }

    @Test("the sample file is valid as it is, and with its lines uncommented")
    func sampleFile() async throws {
        _ = try await SettingsSources(file: SettingsTests.sample.path).resolve()
        let policy = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-\(UUID().uuidString).policy")
        try Data("quorum none\n".utf8).write(to: policy)
        defer { try? FileManager.default.removeItem(at: policy) }
        let text = try String(contentsOf: SettingsTests.sample, encoding: .utf8)
            .replacing("/etc/vigil/fullchain.pem", with: "/etc/hostname")
            .replacing("/etc/vigil/privkey.pem", with: "/etc/hostname")
            // An empty list of witnesses is a policy; comments make none.
            .replacing("/etc/vigil/witnesses.policy", with: policy.path)
            .split(separator: "\n").filter { $0.firstMatch(of: /^#(  )?[a-zA-Z]+:( |$)/) != nil }
            .map { $0.dropFirst() }.joined(separator: "\n")
        try await withFile(text) { file in
            let settings = try await SettingsSources(file: file).resolve()
            #expect(settings.metricsPort == 9464)
            #expect(settings.turn != nil)
            #expect(settings.log.origin == "meet.example/log")
        }
    }

    @Test("the log: no witnesses unless a policy names some; a policy that isn't one is refused with its line")
    func log() async throws {
        let plain = try await SettingsSources().resolve()
        #expect(plain.log.origin == nil && plain.log.policy.quorum == .none && plain.log.policy.witnesses.isEmpty)
        try await withFile("quorum none\nquorum none\n") { file in
            await #expect(
                throws: SettingsError.invalid(
                    .logPolicy,
                    value: file,
                    expected: "a policy (c2sp.org/tlog-policy); line 2 isn't one: secondQuorum"
                )
            ) { try await SettingsSources(commandLine: [.logPolicy: [file]]).resolve() }
        }
        for name in ["https://meet.example/log", "meet.example/log/", "a b", "a+b", ""] {
            await #expect(
                throws: SettingsError.invalid(.logOrigin, value: name, expected: "a name like meet.example/log")
            ) { try await SettingsSources(commandLine: [.logOrigin: [name]]).resolve() }
        }
    }

    private static let sample = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("deploy/vigil.yaml")

    private func withFile(_ text: String, _ body: (String) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await body(file.path)
    }
}
