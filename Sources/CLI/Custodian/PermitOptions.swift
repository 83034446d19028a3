// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Governance
import LogKeeping
import NativeCrypto
import Transparency

/// The bundle that a permit comes of, judged on this machine.
struct PermitOptions: ParsableArguments {
    @Option(help: "The order's bundle.")
    var bundle: String

    @Option(help: "The log's newest checkpoint, as witnesses show it (default: the newest in the bundle).")
    var checkpoint: String?

    @Option(help: "A signed stop, wherever it was seen; may be repeated.")
    var stop: [String] = []

    @Option(help: "Opens the order's subject: 64 hex digits, from the case's documents.")
    var salt: String

    /// - Parameter now: the clock's time, or `nil` for the latest moment that the checkpoint's witnesses signed at: whether it could be done
    ///   then.
    /// - Throws: ``LogExit`` if there is none.
    func permit(genesis: String, now: CosignatureTime?) throws -> (permit: Permit, at: EntryTime) {
        let genesis = try OrderFile.hash(genesis, named: "--genesis")
        let bundle = try OrderFile.bundle(bundle)
        let note =
            try checkpoint.map { try FileText.read($0, longest: SignedNote.longest) } ?? bundle.checkpoints.last ?? []
        let signed: SignedCheckpoint
        do throws(CheckpointRefusal) { signed = try SignedCheckpoint(parsing: note) } catch {
            throw LogExit.unreadable("no checkpoint: \(error)")
        }
        let moment = try now ?? latest(signed, of: bundle, genesis)
        guard let time = EntryTime(seconds: moment.seconds) else {
            throw LogExit.unreadable("this machine's clock is wrong")
        }
        let stops = try stops()
        do throws(PermitRefusal) {
            let permit = try bundle.verify(
                stops: stops,
                genesis: genesis,
                checkpoint: signed,
                now: moment,
                with: NativeCrypto.self
            )
            return (permit, time)
        } catch {
            print("REFUSED   \(error)")
            throw LogExit.faults
        }
    }

    private func stops() throws -> [Signed<Stop>] {
        try stop.map { path in
            let text = try FileText.read(path, longest: Signed<Stop>.longest)
            do throws(StatementRefusal) { return try Signed<Stop>(parsing: text) } catch {
                throw LogExit.unreadable("\(path) is no stop: \(error)")
            }
        }
    }

    private func latest(
        _ signed: SignedCheckpoint,
        of bundle: OrderBundle,
        _ genesis: DocumentHash
    ) throws -> CosignatureTime {
        do throws(ExecutionRefusal) {
            return try bundle.moment(of: signed, genesis: genesis, now: WallClock.now, with: NativeCrypto.self).0
        } catch {
            print("REFUSED   \(error)")
            throw LogExit.faults
        }
    }
}
