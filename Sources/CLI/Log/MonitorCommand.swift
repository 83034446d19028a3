// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LogKeeping
import NativeCrypto
import Transparency

struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Reads what is new in a log since the last run, and checks it; for cron.",
        discussion: """
            Silent as long as all is in order, so that cron writes a mail only if it isn't. The first run reads everything, as \
            `verify` does. Without --policy it goes by the keys that the node named in the first run.
            """
    )

    @Argument(help: "The log's address.")
    var url: String

    @OptionGroup var trust: TrustOptions

    @Option(help: "Folder for what it remembers (default: one for each address below ~/.local/state/vigil).")
    var state: String?

    @Option(help: "Another address of the same log, whose checkpoint must agree; may be repeated.")
    var view: [String] = []

    @Flag(name: .shortAndLong, help: "Say what was read, too.")
    var verbose = false

    func run() async throws {
        let exchange = NetworkExchange()
        let isSound = try await check(exchange)
        if !isSound { throw LogExit.faults }
    }

    private func check(_ exchange: NetworkExchange) async throws -> Bool {
        let source = LogSource(url, over: exchange)
        let files: MonitorFiles
        let before: MonitorState<NativeCrypto>
        var pinned: [UInt8]?
        do {
            files = try MonitorFiles(state, for: source.prefix, environment: ProcessInfo.processInfo.environment)
            before = try files.state()
            pinned = try files.policy()
        } catch let code as ExitCode {
            throw code
        } catch {
            throw LogExit.unreadable("\(error)")
        }
        let judged: TrustOptions.Trust
        if trust.policy == nil, trust.key == nil, let pinned {
            judged = try TrustOptions.read(pinned, named: files.path + "/policy", isClaimed: true)
        } else {
            judged = try await trust.trust(source)
        }
        let (views, notes) = await LogReading.views(judged.policy, others: view, over: exchange)
        var reading = LogReading(
            source: source,
            monitor: Monitor(policy: judged.policy, from: before, views: views, now: WallClock.now)
        )
        try await reading.run()
        let isSound = reading.monitor.isSound
        if !isSound || verbose {
            for line in LogReport.lines(reading.monitor, judged, from: before.head.size) { print(line) }
            for note in notes { print("note  \(note)") }
            if !isSound { print("The last checkpoint that was in order: \(files.path)/checkpoint") }
        }
        do {
            try files.keep(reading.monitor, policy: judged.text)
        } catch {
            throw LogExit.unreadable("\(error)")
        }
        return isSound
    }
}
