// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LogKeeping
import NativeCrypto
import Transparency

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Reads a whole log and checks everything that can be checked.",
        discussion: """
            Checked are signatures, witnesses and their times, every entry against its tile and the signed root, every tile, how \
            entries are written, the lives of cases, openings that are due, and what the witnesses hold. Not checked is whether \
            entries are true, and whether something was done that was never logged.
            """
    )

    @Argument(help: "The log's address.")
    var url: String

    @OptionGroup var trust: TrustOptions

    @Option(help: "Another address of the same log, whose checkpoint must agree; may be repeated.")
    var view: [String] = []

    func run() async throws {
        let exchange = NetworkExchange()
        let source = LogSource(url, over: exchange)
        let trust = try await trust.trust(source)
        let (views, notes) = await LogReading.views(trust.policy, others: view, over: exchange)
        var reading = LogReading(
            source: source,
            monitor: Monitor(policy: trust.policy, views: views, now: WallClock.now)
        )
        try await reading.run()
        for line in LogReport.lines(reading.monitor, trust, from: 0) { print(line) }
        for note in notes { print("note  \(note)") }
        guard reading.monitor.isSound else { throw LogExit.faults }
        print("All in order.")
    }
}
