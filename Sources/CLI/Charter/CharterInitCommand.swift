// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import Foundation
public import Governance
import LogKeeping
import NativeCrypto
import Transparency

struct CharterInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes the first version of a charter to standard output.",
        discussion: """
            solo has no seats: nothing can be ordered at all. pair and council take their seats from another charter, of whose \
            rules nothing is taken over.
            """
    )

    @Argument(help: "The deployment's name: letters, digits, dots and hyphens.")
    var deployment: String

    @Option(help: "solo, pair or council.")
    var template: CharterTemplate = .solo

    @Option(help: "The policy file (c2sp.org/tlog-policy) that says which log and witnesses count.")
    var policy: String

    @Option(help: "A charter with the seats.")
    var seats: String?

    func run() async throws {
        guard let name = Name(deployment) else { throw ValidationError("\(deployment) can't be a deployment's name.") }
        let policyText = try FileText.read(policy, longest: TrustPolicy.longest)
        _ = try TrustOptions.read(policyText, named: policy, isClaimed: false)
        guard let issued = EntryTime(seconds: WallClock.now.seconds) else {
            throw LogExit.unreadable("this machine's clock is wrong")
        }
        let text = template.text(
            deployment: name,
            issued: issued,
            logPolicy: .of(document: policyText, with: NativeCrypto.self),
            seats: try seats.map { try CharterFile.read($0).seats } ?? []
        )
        // What this writes is read by the same rules as everything else: a council that lacks an advocate isn't written.
        do throws(CharterRefusal) { _ = try Charter(parsing: text, with: NativeCrypto.self) } catch {
            throw LogExit.unreadable("these seats don't make a \(template.text): line \(error.line), \(error.rule)")
        }
        FileHandle.standardOutput.write(Data(text))
    }
}

extension CharterTemplate: ExpressibleByArgument {
    public init?(argument: String) {
        guard let template = CharterTemplate.allCases.first(where: { $0.text == argument }) else { return nil }
        self = template
    }
}
