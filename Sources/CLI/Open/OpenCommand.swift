// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Hummingbird
import LogKeeping
import Logging
import Transparency
import WebClient

struct OpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Opens a meeting with this program's own copy of the web client.",
        discussion: """
            The pages come from this machine, so that the meeting's server can't make the browser load anything. They are served \
            to this machine alone, until Ctrl-C. Which client it is is looked up in the node's public log first.
            """
    )

    @Argument(help: "The meeting's link, in quotation marks.")
    var link: String

    @Option(help: "TCP port on this machine (default: a free one).")
    var port = 0

    @Option(help: "Policy file (c2sp.org/tlog-policy) that the node's log is judged by.")
    var policy: String?

    @Flag(help: "Don't look into the log.")
    var offline = false

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        guard let link = MeetingLink(link) else { throw ValidationError("That is no meeting's link.") }
        guard let bundle = EmbeddedClient.bundle() else {
            throw LogExit.unreadable("this program was built without the web client (scripts/embed-web)")
        }
        say("client   \(bundle.manifest.artifact)\n")
        if !offline { say(await lookUp(bundle.manifest, at: link.node) + "\n") }
        var logger = Logger(label: "vigil.http")
        logger.logLevel = .error
        let application = Application(
            responder: LocalPages(bundle: bundle, node: link.node),
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: nil),
            onServerRunning: { channel in
                let here = "http://localhost:\(channel.localAddress?.port ?? 0)"
                say("\nOpen:\n\n    \(link.page(at: here))\n\n")
                say(
                    "The node's log, read and checked by the same copy:\n\n    \(link.logPage(at: here))\n\nStop with Ctrl-C.\n"
                )
            },
            logger: logger
        )
        try await application.runService()
    }

    /// At once, also into a pipe.
    private func say(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

    /// What the node's log says of this client, in a line.
    private func lookUp(_ manifest: ClientManifest, at node: String) async -> String {
        let exchange = NetworkExchange()
        let line: String
        do {
            var options = TrustOptions()
            options.policy = policy
            options.key = nil
            let source = LogSource(node + "/log", over: exchange)
            let trust = try await options.trust(source)
            let releases = try await LoggedReleases(source, trust.policy)
            if !releases.faults.isEmpty {
                line = "WARNING  the node's log isn't in order: `vigil log verify \(node)/log` says what is wrong"
            } else if let entry = releases.first(.web, artifact: manifest.artifact) {
                line =
                    "logged   entry \(entry.index) of \(node)/log, \(entry.time.text), version \(entry.release.version)"
            } else {
                line = "WARNING  this client isn't in the node's log: that node never served it"
            }
        } catch {
            line = "WARNING  the node's log couldn't be read: nobody but this program vouches for the client"
        }
        return line
    }
}
