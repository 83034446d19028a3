// SPDX-License-Identifier: Apache-2.0

public import Base

/// A witness (C2SP tlog-witness): cosigns what continues what it cosigned before, and never anything else.
///
/// The signature is made before the record is written, since it is part of the record, but doesn't leave before the record
/// is durable. Whoever owns it stamps each input with the wall clock.
public struct Witness<Crypto: CryptoProvider>: Sendable {
    /// By how much the clock may run behind the last time signed, as clocks do when they are corrected.
    public static var clockTolerance: UInt64 { 60 }

    private let cosigner: Cosigner<Crypto>
    private var logs: [LogOrigin: WitnessedLog] = [:]
    private let origins: [LogOrigin]

    /// Of logs with the same origin the last one counts.
    public init(cosigner: Cosigner<Crypto>, logs known: [KnownLog]) {
        self.cosigner = cosigner
        var origins: [LogOrigin] = []
        for log in known where logs.updateValue(WitnessedLog(log: log), forKey: log.origin) == nil {
            origins.append(log.origin)
        }
        self.origins = origins
    }

    /// What is served to monitors for a log's origin hash, in the spelling of `LogOrigin.hash`; `nil`, for a 404, if
    /// there is no such log or it was never cosigned.
    public func checkpoint(originHash: String) -> [UInt8]? {
        for origin in origins where originHash.utf8.elementsEqual(origin.hash(with: Crypto.self).utf8) {
            // While a record is being stored, what is on disk is the one before.
            switch logs[origin]?.state {
            case .ready(let record): return record?.encoded
            case .storing: return logs[origin]?.stored
            default: return nil
            }
        }
        return nil
    }

    public mutating func handle(_ input: WitnessInput, now: CosignatureTime) -> [WitnessAction] {
        switch input {
        case .start:
            return origins.map { .load($0) }
        case .tick:
            var actions: [WitnessAction] = []
            for origin in origins {
                if case .unloaded? = logs[origin]?.state {
                    logs[origin]?.state = .loading
                    actions.append(.load(origin))
                }
            }
            return actions
        case .request(let number, let body):
            return request(number, body, now)
        case .loaded(let origin, let bytes):
            guard let log = logs[origin], case .loading = log.state else { return [] }
            return loaded(origin, log, bytes, now)
        case .loadFailed(let origin):
            guard var log = logs[origin], case .loading = log.state else { return [] }
            log.state = .unloaded
            return dismiss(origin, log)
        case .stored(let origin):
            guard var log = logs[origin], case .storing(let record, let number) = log.state else { return [] }
            log.state = .ready(record)
            log.stored = record.encoded
            logs[origin] = log
            return [.respond(number, WitnessResponse(cosignature: record.cosignature))] + takeWaiting(origin, now)
        case .storeFailed(let origin):
            // It may be on the disk all the same: what is true is what the disk says.
            guard var log = logs[origin], case .storing(_, let number) = log.state else { return [] }
            log.state = .loading
            logs[origin] = log
            return [.respond(number, WitnessResponse(.notDurable)), .load(origin)]
        }
    }

    private mutating func request(_ number: UInt64, _ body: [UInt8], _ now: CosignatureTime) -> [WitnessAction] {
        let parsed: AddCheckpointRequest
        do throws(WitnessRefusal) { parsed = try AddCheckpointRequest(parsing: body) } catch {
            return [.respond(number, WitnessResponse(error))]
        }
        guard var log = logs[parsed.checkpoint.checkpoint.origin] else {
            return [.respond(number, WitnessResponse(.unknownLog))]
        }
        let waiting = WitnessedLog.Waiting(request: number, body: body, parsed: parsed)
        switch log.state {
        case .ready(let record):
            return judge(waiting, log, record, now)
        case .loading, .storing:
            guard log.waiting.count < WitnessedLog.mostWaiting else {
                return [.respond(number, WitnessResponse(.busy))]
            }
            log.waiting.append(waiting)
            logs[log.log.origin] = log
            return []
        case .unloaded, .stopped:
            return [.respond(number, WitnessResponse(.busy))]
        }
    }

    private mutating func loaded(
        _ origin: LogOrigin,
        _ log: WitnessedLog,
        _ bytes: [UInt8]?,
        _ now: CosignatureTime
    ) -> [WitnessAction] {
        var log = log
        do throws(WitnessFault) {
            var record: WitnessRecord?
            if let bytes {
                record = try WitnessRecord(parsing: bytes, log: log.log, key: cosigner.key, with: Crypto.self)
            }
            log.state = .ready(record)
            log.stored = bytes
            logs[origin] = log
            return takeWaiting(origin, now)
        } catch {
            log.state = .stopped
            return dismiss(origin, log) + [.stop(origin, error)]
        }
    }

    private mutating func dismiss(_ origin: LogOrigin, _ log: WitnessedLog) -> [WitnessAction] {
        var log = log
        let dismissed = log.waiting.map { WitnessAction.respond($0.request, WitnessResponse(.busy)) }
        log.waiting = []
        logs[origin] = log
        return dismissed
    }

    private mutating func takeWaiting(_ origin: LogOrigin, _ now: CosignatureTime) -> [WitnessAction] {
        var actions: [WitnessAction] = []
        while var log = logs[origin], case .ready(let record) = log.state, !log.waiting.isEmpty {
            let next = log.waiting.removeFirst()
            logs[origin] = log
            actions += judge(next, log, record, now)
        }
        return actions
    }

    private mutating func judge(
        _ waiting: WitnessedLog.Waiting,
        _ log: WitnessedLog,
        _ latest: WitnessRecord?,
        _ now: CosignatureTime
    ) -> [WitnessAction] {
        do throws(WitnessRefusal) {
            let checkpoint = try check(waiting.parsed, log.log, latest?.checkpoint.head)
            let time = try time(after: latest?.time, now)
            let cosignature: NoteSignature
            do throws(SignerRefusal) { cosignature = try cosigner.cosign(checkpoint, at: time) } catch {
                throw .signing(error)
            }
            let record = WitnessRecord(checkpoint, of: log.log, cosignature, at: time)
            var log = log
            log.state = .storing(record, request: waiting.request)
            logs[log.log.origin] = log
            return [.store(log.log.origin, record: record.encoded, expected: log.stored)]
        } catch {
            var actions = [WitnessAction.respond(waiting.request, WitnessResponse(error))]
            // Signed by the log and of the size that it knows we have, yet no continuation.
            if case .inconsistent(let merkle) = error, merkle.contradicts, let latest {
                actions.append(.keepEvidence(log.log.origin, request: waiting.body, latest: latest.encoded))
            }
            return actions
        }
    }

    /// The checks of add-checkpoint in the specification's order.
    private func check(
        _ request: AddCheckpointRequest,
        _ log: KnownLog,
        _ latest: TreeHead?
    ) throws(WitnessRefusal) -> VerifiedCheckpoint {
        let checkpoint: VerifiedCheckpoint
        do throws(CheckpointRefusal) {
            checkpoint = try VerifiedCheckpoint(request.checkpoint, by: log, with: Crypto.self)
        } catch {
            if case .note(let refusal) = error { throw .signature(refusal) }
            throw .checkpoint(error)
        }
        let new = checkpoint.head
        guard request.oldSize <= new.size else { throw .oldSizeAboveNew }
        let latestSize = latest?.size ?? 0
        guard request.oldSize == latestSize else { throw .conflict(latest: latestSize) }
        guard new.size > 0 || new.root == MerkleTree<Crypto>.emptyRoot else { throw .wrongEmptyRoot }
        guard let latest, latest.size > 0 else {
            guard request.proof.hashes.isEmpty else { throw .inconsistent(.wrongProofLength) }
            return checkpoint
        }
        do throws(MerkleRefusal) {
            try request.proof.verify(from: latest, to: new, with: Crypto.self)
        } catch {
            throw .inconsistent(error)
        }
        return checkpoint
    }

    /// Times never run backwards: "as of the specified time" this is the largest tree seen (C2SP tlog-cosignature, Ed25519
    /// signed message), and a record that is older must not seem to be newer.
    private func time(after last: CosignatureTime?, _ now: CosignatureTime) throws(WitnessRefusal) -> CosignatureTime {
        // "The timestamp MUST NOT be zero" (tlog-witness).
        guard now > .zero else { throw .clockSetBack }
        guard let last, now < last else { return now }
        guard now.advanced(by: Self.clockTolerance) >= last else { throw .clockSetBack }
        return last
    }
}

extension MerkleRefusal {
    /// True if a proof was whole and led elsewhere, rather than being cut or padded.
    fileprivate var contradicts: Bool {
        switch self {
        case .rootMismatch, .oldRootMismatch: true
        default: false
        }
    }
}
