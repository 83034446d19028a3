// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LogKeeping
import NativeCrypto
import Transparency
import WebClient

struct CheckClientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-client",
        abstract: "Compares the web client that a node serves with what its log says that it serves.",
        discussion: """
            It sees what the node serves to it. A node that serves something else to one person alone is not seen from here: \
            who must be sure opens meetings with `vigil open`.
            """
    )

    @Argument(help: "The node's address, like https://meet.example.")
    var url: String

    @OptionGroup var trust: TrustOptions

    @Option(help: "The log's address (default: URL/log).")
    var log: String?

    func run() async throws {
        let exchange = NetworkExchange()
        let faults = try await check(exchange)
        for fault in faults { print("FAULT \(fault)") }
        if !faults.isEmpty { throw LogExit.faults }
    }

    private func check(_ exchange: NetworkExchange) async throws -> [String] {
        let node = LogSource(url, over: exchange)
        let source = LogSource(log ?? node.prefix + "/log", over: exchange)
        let trust = try await trust.trust(source)
        let releases = try await LoggedReleases(source, trust.policy)
        var served: [String: [UInt8]?] = [:]
        var manifest: ClientManifest?
        do throws(LogSourceFault) {
            let text = try await source.fetch(path: "client.sha256", longest: ClientManifest.longest)
            manifest = text.flatMap { ClientManifest(parsing: $0) }
            for address in manifest.map({ ClientCheck.addresses($0) }) ?? [] {
                served[address] = try await node.fetch(path: address, longest: WebBundle.maximumSize)
            }
        } catch {
            throw LogExit.unreadable(error)
        }
        let check = ClientCheck(manifest: manifest, served: served, releases: releases)
        if let manifest {
            print("client   \(manifest.artifact), \(manifest.files.count) files")
            if let entry = releases.first(.web, artifact: manifest.artifact) {
                print("logged   entry \(entry.index), \(entry.time.text), version \(entry.release.version)")
            }
            if let own = EmbeddedClient.bundle()?.manifest {
                print("this program's own copy is " + (own == manifest ? "the same" : "another one: \(own.artifact)"))
            }
        }
        if trust.isClaimed { print("keys     as the node itself names them; --policy judges by yours") }
        return check.faults
    }
}
