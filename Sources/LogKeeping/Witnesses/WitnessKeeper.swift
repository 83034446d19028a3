// SPDX-License-Identifier: Apache-2.0

import Base
import NIOPosix
public import NativeCrypto
public import Transparency

/// Runs a ``Witness``: its records in a folder, requests from wherever they come.
///
/// ```
/// logs/<SHA-256 of the origin, hex>/checkpoint   what it cosigned last, as monitors get it
/// evidence/<SHA-256 of the origin>/<hash>        a request that contradicts it, and what it contradicts
/// ```
public actor WitnessKeeper<Disk: DiskCalls> {
    private var witness: Witness<NativeCrypto>
    private let folder: DurableFolder<Disk>
    private let now: @Sendable () -> CosignatureTime
    private let onEvent: @Sendable (WitnessEvent) -> Void
    private var waiting: [UInt64: CheckedContinuation<WitnessResponse, Never>] = [:]
    private var nextRequest: UInt64 = 0

    /// Contradictions of one log that are kept; one is proof enough, and the disk isn't the log's to fill.
    private static var mostEvidence: Int { 16 }

    /// - Parameters:
    ///   - now: the wall clock.
    ///   - onEvent: told what an operator should know, from any thread.
    public init(
        _ witness: Witness<NativeCrypto>,
        in folder: DurableFolder<Disk>,
        now: @escaping @Sendable () -> CosignatureTime,
        onEvent: @escaping @Sendable (WitnessEvent) -> Void = { _ in }
    ) {
        self.witness = witness
        self.folder = folder
        self.now = now
        self.onEvent = onEvent
    }

    /// Once. Requests may come before it has finished.
    public func start() { handle(.start) }

    /// The answer to the body of an add-checkpoint request; comes when the record is durable.
    public func addCheckpoint(_ body: [UInt8]) async -> WitnessResponse {
        let number = nextRequest
        nextRequest += 1
        return await withCheckedContinuation { continuation in
            waiting[number] = continuation
            handle(.request(number, body))
        }
    }

    /// What monitors get for the hash of an origin.
    public func checkpoint(originHash: String) -> [UInt8]? { witness.checkpoint(originHash: originHash) }

    private func handle(_ input: WitnessInput) {
        for action in witness.handle(input, now: now()) { carryOut(action) }
    }

    private func carryOut(_ action: WitnessAction) {
        switch action {
        case .load(let origin):
            Task { handle(await load(origin)) }
        case .store(let origin, let record, let expected):
            Task { handle(await store(origin, record, expected)) }
        case .respond(let number, let response):
            waiting.removeValue(forKey: number)?.resume(returning: response)
        case .keepEvidence(let origin, let request, let latest):
            Task { await keep(origin, request, latest) }
        case .stop(let origin, let fault):
            onEvent(.stopped(origin, fault))
        }
    }

    private static func record(_ origin: LogOrigin) -> String {
        "logs/" + origin.hash(with: NativeCrypto.self) + "/checkpoint"
    }

    private func load(_ origin: LogOrigin) async -> WitnessInput {
        do {
            let bytes = try await NIOThreadPool.singleton.runIfActive { [folder] in
                try folder.read(WitnessKeeper.record(origin))
            }
            return .loaded(origin, bytes)
        } catch {
            onEvent(.diskFailed("\(error)"))
            Task {
                try? await Task.sleep(for: .seconds(1))
                handle(.tick)
            }
            return .loadFailed(origin)
        }
    }

    private func store(_ origin: LogOrigin, _ record: [UInt8], _ expected: [UInt8]?) async -> WitnessInput {
        do {
            try await NIOThreadPool.singleton.runIfActive { [folder] in
                let name = WitnessKeeper.record(origin)
                guard try folder.read(name) == expected else { throw LogStoreFault.recordChanged }
                try folder.put([(name, record)])
            }
            return .stored(origin)
        } catch {
            onEvent(.diskFailed("\(error)"))
            return .storeFailed(origin)
        }
    }

    private func keep(_ origin: LogOrigin, _ request: [UInt8], _ latest: [UInt8]) async {
        let name = Hexadecimal.text(NativeCrypto.hash(.sha256, request))
        let place = "evidence/" + origin.hash(with: NativeCrypto.self)
        do {
            try await NIOThreadPool.singleton.runIfActive { [folder] in
                guard try folder.names(in: place).count < WitnessKeeper.mostEvidence else { return }
                try folder.put([(place + "/" + name, request + Array("\nagainst\n\n".utf8) + latest)])
            }
        } catch {
            onEvent(.diskFailed("\(error)"))
        }
        onEvent(.contradiction(origin, evidence: name))
    }
}
