// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// A witness's conversation: requests one after another, each with the status that it must get.
struct WitnessVector {
    struct Step {
        let request: [UInt8]
        let status: Int
        let assertion: [UInt8]

        init(_ entry: VectorEntry) throws(VectorFailure) {
            request = Array(try entry.text("request").utf8)
            assertion = Array(try entry.text("assert").utf8)
            let stated: Int = try entry.number("status")
            // litewitness answers 403 for a log that it doesn't know; C2SP tlog-witness (add-checkpoint) wants 404.
            let isUnknownLog = assertion.elementsEqual("body contains \"unknown log\"".utf8)
            status = isUnknownLog && stated == 403 ? 404 : stated
        }

        /// `body == "…\n"` is the one assertion whose text is the specification's.
        func accepts(_ body: [UInt8]) -> Bool {
            let start = Array("body == \"".utf8)
            guard assertion.starts(with: start) else { return true }
            let digits = assertion.dropFirst(start.count).prefix { 0x30...0x39 ~= $0 }
            return body.elementsEqual(digits + [0x0A])
        }
    }

    let logKey: [UInt8]
    let steps: [Step]

    init(_ file: VectorEntry) throws(VectorFailure) {
        logKey = try file.hex("log_key").bytes
        steps = try file.entries("steps") { (entry) throws(VectorFailure) in try Step(entry) }
    }

    func verify(_ report: inout VectorReport) throws(VectorFailure) {
        guard let first = steps.first, let request = try? AddCheckpointRequest(parsing: first.request),
            let name = KeyName(request.checkpoint.checkpoint.origin.bytes),
            let key = try? VerifierKey(name: name, type: .ed25519, publicKey: logKey, with: Provider.self),
            let log = KnownLog(key: key), let witnessName = KeyName("example.com/witness".utf8),
            let cosigner = try? Cosigner<Provider>(name: witnessName, privateKey: Secret(logKey)),
            let time = CosignatureTime(seconds: 1_700_000_000)
        else { throw VectorFailure("the first request isn't one") }
        var witness = Witness(cosigner: cosigner, logs: [log])
        for action in witness.handle(.start, now: time) {
            if case .load(let origin) = action { _ = witness.handle(.loaded(origin, nil), now: time) }
        }
        for (index, step) in steps.enumerated() {
            let check = VectorCheck()
            var actions = witness.handle(.request(UInt64(index), step.request), now: time)
            if case .store(let origin, _, _)? = actions.first { actions = witness.handle(.stored(origin), now: time) }
            guard case .respond(_, let response)? = actions.first else { throw VectorFailure("no answer") }
            check.expect(response.status, step.status, "status")
            check.expect(step.accepts(response.body), "body")
            if response.status == 200 {
                let submitted = try? AddCheckpointRequest(parsing: step.request)
                let cosigned = (submitted?.checkpoint.note.text ?? []) + [0x0A] + response.body
                let note = try? SignedNote(parsing: cosigned)
                check.expect((try? note?.verify(with: [cosigner.key], crypto: Provider.self)) != nil, "cosignature")
            }
            report.add(index, check)
        }
    }
}
