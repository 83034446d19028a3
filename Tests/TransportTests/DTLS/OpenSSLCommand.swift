// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import Glibc

@testable import Transport

/// The `openssl` command line as the other side of an association, over UDP on loopback.
final class OpenSSLCommand {
    static let path = "/usr/bin/openssl"

    /// Whether it is there; says loudly when not.
    static let isInstalled: Bool = {
        if FileManager.default.isExecutableFile(atPath: path) { return true }
        FileHandle.standardError.write(Data("SKIPPED: \(path) is not installed, DTLS is not tried against it\n".utf8))
        return false
    }()

    private let folder: URL
    private let process = Process()
    private let input = Pipe()
    private let socket: Int32
    private(set) var peer = sockaddr_in()

    init?() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-dtls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var address = OpenSSLCommand.loopback(port: 0)
        guard socket >= 0, OpenSSLCommand.with(&address, { bind(socket, $0, $1) }) == 0 else { return nil }
        try OpenSSLCommand.run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj",
            "/CN=other", "-keyout", key, "-out", certificate,
        ])
    }

    deinit {
        if process.isRunning { process.terminate() }
        if socket >= 0 { Glibc.close(socket) }
        try? FileManager.default.removeItem(at: folder)
    }

    private var key: String { folder.appendingPathComponent("key.pem").path }
    private var certificate: String { folder.appendingPathComponent("certificate.pem").path }
    private var output: URL { folder.appendingPathComponent("output") }

    /// Its certificate's fingerprint as it says itself.
    func fingerprint() throws -> Fingerprint? {
        let text = try OpenSSLCommand.run(["x509", "-in", certificate, "-noout", "-fingerprint", "-sha256"])
        return text.split(separator: "=").last.flatMap { Fingerprint(sdp: "sha-256 " + $0.filter { !$0.isWhitespace }) }
    }

    /// What it exported, once it has.
    var keyingMaterial: String? {
        let written = try? FileHandle(forReadingFrom: output).readToEnd()
        let text = String(decoding: written ?? Data(), as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.contains("Keying material: ") && text.contains("\($0)\n") }
        return line?.split(separator: ":").last.map { $0.filter(\.isHexDigit) }
    }

    /// Starts it as a client of our socket, or as a server that our socket talks to.
    func start(role: DTLSRole, profile: String, exported: Int) throws {
        let common = [
            "-dtls1_2", "-use_srtp", profile, "-keymatexport", "EXTRACTOR-dtls_srtp", "-keymatexportlen",
            String(exported), "-cert", certificate, "-key", key,
        ]
        switch role {
        case .client:
            process.arguments = ["s_client", "-connect", "127.0.0.1:\(localPort)"] + common
        case .server:
            let port = OpenSSLCommand.freePort()
            peer = OpenSSLCommand.loopback(port: port)
            process.arguments = ["s_server", "-accept", "127.0.0.1:\(port)", "-Verify", "1"] + common
        }
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        process.executableURL = URL(fileURLWithPath: OpenSSLCommand.path)
        process.standardInput = input
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Carries datagrams between `endpoint` and the command until both have keys; two minutes are patience for slow machines.
    func converse(with endpoint: DTLSEndpoint) {
        let end = now + .seconds(120)
        endpoint.start(now: now)
        var buffer = [UInt8](repeating: 0, count: 4096)
        while now < end, endpoint.error == nil, endpoint.result == nil || keyingMaterial == nil {
            flush(endpoint)
            var poller = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            poll(&poller, 1, 20)
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let count = withUnsafeMutablePointer(to: &peer) { peer in
                peer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT), $0, &length)
                }
            }
            if count > 0 { endpoint.receive(Array(buffer.prefix(count)), now: now) }
            if let deadline = endpoint.nextDeadline, deadline <= now { endpoint.handleTimeout(now: now) }
        }
        flush(endpoint)
    }

    private func flush(_ endpoint: DTLSEndpoint) {
        for datagram in endpoint.takeDatagrams() {
            _ = OpenSSLCommand.with(&peer) { sendto(socket, datagram, datagram.count, 0, $0, $1) }
        }
    }

    private var now: Moment {
        Moment(nanoseconds: Int64(clamping: DispatchTime.now().uptimeNanoseconds))
    }

    private var localPort: UInt16 { OpenSSLCommand.port(of: socket) }

    private static func freePort() -> UInt16 {
        let probe = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { Glibc.close(probe) }
        var address = loopback(port: 0)
        _ = with(&address) { bind(probe, $0, $1) }
        return port(of: probe)
    }

    private static func port(of socket: Int32) -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func with<Result>(
        _ address: inout sockaddr_in,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    @discardableResult
    private static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
