// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Governance
import LogKeeping
import NativeCrypto
import Transparency

struct OrderVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Judges a bundle: may this be done now?",
        discussion: """
            Exit status: 0 it may, and standard output says what, to whom, until when; 1 it may not, and standard output names the \
            rule that refuses; 2 the files couldn't be read.
            """
    )

    @Argument(help: "The bundle.")
    var bundle: String

    @Option(help: "Hash of the deployment's first charter, in hex, from somewhere else than the bundle.")
    var genesis: String

    @Option(help: "The log's newest checkpoint, as witnesses show it (default: the newest in the bundle).")
    var checkpoint: String?

    @Option(help: "A signed stop, wherever it was seen; may be repeated.")
    var stop: [String] = []

    func run() async throws {
        let genesis = try OrderFile.hash(genesis, named: "--genesis")
        let bundle = try OrderFile.bundle(bundle)
        let note =
            try checkpoint.map { try FileText.read($0, longest: SignedNote.longest) } ?? bundle.checkpoints.last ?? []
        if checkpoint == nil { print("note      the bundle's own checkpoint; --checkpoint takes one from a witness") }
        var stops: [Signed<Stop>] = []
        for path in stop {
            let text = try FileText.read(path, longest: Signed<Stop>.longest)
            do throws(StatementRefusal) { stops.append(try Signed<Stop>(parsing: text)) } catch {
                throw LogExit.unreadable("\(path) is no stop: \(error)")
            }
        }
        let signed: SignedCheckpoint
        do throws(CheckpointRefusal) { signed = try SignedCheckpoint(parsing: note) } catch {
            throw LogExit.unreadable("no checkpoint: \(error)")
        }
        do throws(PermitRefusal) {
            let permit = try bundle.verify(
                stops: stops,
                genesis: genesis,
                checkpoint: signed,
                now: WallClock.now,
                with: NativeCrypto.self
            )
            print("PERMIT    \(permit.action.text), until \(permit.until.text)")
            print("order     \(permit.order.text)\nsubject   \(permit.subject.text)\ntree      \(permit.head.size)")
        } catch {
            print("REFUSED   \(error)")
            throw LogExit.faults
        }
    }
}
