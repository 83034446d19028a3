// SPDX-License-Identifier: Apache-2.0

import Base
import Hummingbird
import LogKeeping
import Logging
import NativeCrypto
import Transparency

/// The witness put together: lock, key, records, HTTP.
struct WitnessProcess {
    let configuration: WitnessConfiguration
    /// Its public key, for other people's policies.
    let key: VerifierKey
    let keeper: WitnessKeeper<PosixDisk>
    /// As long as this lives nobody else is this witness.
    private let lock: FolderLock

    init(_ configuration: WitnessConfiguration, randomness: inout some Randomness) throws(WitnessStartFault) {
        self.configuration = configuration
        lock = try WitnessProcess.lock(configuration.data)
        let folder = DurableFolder(configuration.data, on: PosixDisk())
        let privateKey: PrivateKeyText
        do throws(KeyFileFault) {
            if let kept = try KeyFile.load(from: folder, type: .cosignature) {
                privateKey = kept
            } else {
                privateKey = try KeyFile.make(
                    in: folder,
                    name: configuration.name,
                    type: .cosignature,
                    randomness: &randomness
                )
            }
        } catch {
            throw .key(error)
        }
        guard privateKey.name == configuration.name else { throw .otherName(kept: privateKey.name.text) }
        let cosigner: Cosigner<NativeCrypto>
        do throws(SignerRefusal) {
            cosigner = try Cosigner(name: privateKey.name, privateKey: privateKey.seed)
        } catch {
            throw .key(.refused(configuration.data, .unusable))
        }
        key = cosigner.key
        let logger = Logger(label: "vigil-witness")
        keeper = WitnessKeeper(
            Witness(cosigner: cosigner, logs: configuration.logs),
            in: folder,
            now: { WallClock.now },
            onEvent: { WitnessProcess.tell($0, logger) }
        )
    }

    /// Serves until the process is told to stop.
    /// - Parameter onReady: told the port.
    func run(onReady: @escaping @Sendable (Int) -> Void) async throws {
        await keeper.start()
        var logger = Logger(label: "vigil-witness.http")
        // The library's lines may name addresses.
        logger.logLevel = .warning
        let port = configuration.port
        let application = Application(
            responder: WitnessResponder(keeper: keeper, greeting: greeting),
            configuration: .init(address: .hostname(configuration.host, port: port), serverName: nil),
            onServerRunning: { channel in onReady(channel.localAddress?.port ?? port) },
            logger: logger
        )
        try await application.runService()
    }

    private var greeting: String {
        let logs = configuration.logs.map { "log \($0.origin.text)\n" }.joined()
        return "A witness of public logs (c2sp.org/tlog-witness).\n\(key.text)\n\(logs)"
    }

    private static func lock(_ path: String) throws(WitnessStartFault) -> FolderLock {
        let held: FolderLock?
        do throws(DiskFault) {
            try PosixDisk().makeFolder(path)
            held = try FolderLock(path)
        } catch {
            throw .key(.disk(error))
        }
        guard let held else { throw .inUse(path) }
        return held
    }

    private static func tell(_ event: WitnessEvent, _ logger: Logger) {
        switch event {
        case .diskFailed(let reason):
            logger.error("The disk failed", metadata: ["reason": "\(reason)"])
        case .contradiction(let origin, let evidence):
            logger.critical(
                "A log contradicts its own past, under its own signature; the evidence is kept",
                metadata: ["log": "\(origin.text)", "evidence": "\(evidence)"]
            )
        case .stopped(let origin, let fault):
            logger.critical(
                "The record of a log is damaged: it isn't cosigned any more until a person has looked",
                metadata: ["log": "\(origin.text)", "fault": "\(fault)"]
            )
        }
    }
}
