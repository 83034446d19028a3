// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LogKeeping
import NativeCrypto
import Transparency

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Counts a transparency report out of a node's public log, after checking the log.",
        discussion: """
            Everybody who has the same tree gets the same bytes (docs/report.md): nothing is asked of the node but its log. Without \
            sizes the report is of the whole log.

            Exit status: 0 the report is on standard output; 1 the log isn't in order, or a report that it names is another one, and \
            standard output says what and where; 2 the log couldn't be read; 64 a wrong command.
            """
    )

    @Argument(help: "The log's address, for a node of Vigil https://NODE/log.")
    var url: String

    @OptionGroup var trust: TrustOptions

    @Flag(help: "The form of the report (default: text).")
    var form: ReportForm = .text

    @Option(help: "The first entry that is counted: the size of the tree at the period's beginning.")
    var fromSize: UInt64 = 0

    @Option(help: "The size of the tree at the period's end (default: the log's).")
    var toSize: UInt64?

    @Flag(help: "In place of a report: count the newest reports that the log itself names, and compare their hashes.")
    var logged = false

    func run() async throws {
        let source = LogSource(url, over: NetworkExchange())
        let policy = try await trust.trust(source).policy
        if logged {
            try await check(LoggedReports(source, policy))
        } else {
            let reports = try await CountedReports(source, policy, [(fromSize, toSize)])
            do throws(ReportRefusal) {
                FileHandle.standardOutput.write(Data(form.bytes(try reports.report(0))))
            } catch {
                throw LogExit.unreadable("the period isn't inside of the log, which has \(reports.head.size) entries")
            }
        }
    }

    private func check(_ reports: LoggedReports) throws {
        for report in reports.reports {
            let place = "entry \(report.index), report of \(report.from) to \(report.to)"
            print(report.isRight ? "right   \(place)" : "FAULT \(place): the log has another one")
        }
        print("\(reports.reports.count) reports counted")
        if reports.reports.contains(where: { !$0.isRight }) { throw LogExit.faults }
    }
}
