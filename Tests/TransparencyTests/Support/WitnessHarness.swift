// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport
import Transparency

/// A witness and its disk.
final class WitnessHarness {
    private(set) var witness: Witness<NativeCrypto>
    let cosigner: Cosigner<NativeCrypto>
    private let logs: [KnownLog]
    var disk: [LogOrigin: [UInt8]] = [:]
    var now: UInt64 = 1_790_000_000
    /// How the next store ends: done, or one of the ways in which it doesn't.
    var nextStore: MemoryStore.Breakage?
    private(set) var evidence = 0
    private(set) var fault: WitnessFault?
    private var answers: [UInt64: WitnessResponse] = [:]
    private var nextRequest: UInt64 = 0

    init(_ number: Int = 0, logs: [KnownLog]) throws {
        self.logs = logs
        cosigner = try Keys.witness(number)
        witness = Witness(cosigner: cosigner, logs: logs)
        try handle(.start)
    }

    /// Another process on the same disk.
    func restart() throws {
        witness = Witness(cosigner: cosigner, logs: logs)
        try handle(.start)
    }

    /// The answer, or nothing if the process died over it.
    func post(_ request: AddCheckpointRequest) throws -> WitnessResponse? { try post(request.encoded) }

    func post(_ body: [UInt8]) throws -> WitnessResponse? {
        let number = nextRequest
        nextRequest += 1
        try handle(.request(number, body))
        return answers.removeValue(forKey: number)
    }

    private func handle(_ input: WitnessInput) throws {
        for action in witness.handle(input, now: try Keys.time(now)) {
            switch action {
            case .load(let origin):
                try handle(.loaded(origin, disk[origin]))
            case .store(let origin, let record, let expected):
                try store(origin, record, expected)
            case .respond(let number, let response):
                answers[number] = response
            case .keepEvidence:
                evidence += 1
            case .stop(_, let fault):
                self.fault = fault
            }
        }
    }

    private func store(_ origin: LogOrigin, _ record: [UInt8], _ expected: [UInt8]?) throws {
        let breakage = nextStore
        nextStore = nil
        let isRight = disk[origin] == expected
        switch breakage {
        case nil where isRight:
            disk[origin] = record
            try handle(.stored(origin))
        case .killedBefore:
            try restart()
        case .killedAfter:
            disk[origin] = record
            try restart()
        case .storedButFailed:
            disk[origin] = record
            try handle(.storeFailed(origin))
        case nil, .lost, .diskFull:
            try handle(.storeFailed(origin))
        }
    }
}
