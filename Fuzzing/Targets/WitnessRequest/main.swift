// SPDX-License-Identifier: Apache-2.0

import Base
import Driver
import StandInCrypto
import Transparency

private func known(_ name: String) -> KnownLog? {
    guard let name = KeyName(name.utf8) else { return nil }
    let key = try? VerifierKey(
        name: name,
        type: .ed25519,
        publicKey: [UInt8](repeating: 1, count: 32),
        with: StandInCrypto.self
    )
    return key.flatMap { KnownLog(key: $0) }
}

fuzz { input in
    let bytes = [UInt8](input)
    if let request = try? AddCheckpointRequest(parsing: bytes) {
        precondition(request.encoded == bytes, "another spelling of a request")
    }
    // Every signature is right here, so that what lies behind is reached.
    guard let log = known("example.com/log"), let name = KeyName("w".utf8), let now = CosignatureTime(seconds: 1),
        let cosigner = try? Cosigner<StandInCrypto>(name: name, privateKey: Secret([UInt8](repeating: 2, count: 32)))
    else { preconditionFailure("no witness") }
    var witness = Witness(cosigner: cosigner, logs: [log])
    _ = witness.handle(.start, now: now)
    _ = witness.handle(.loaded(log.origin, nil), now: now)
    for number in UInt64(0)...1 {
        var actions = witness.handle(.request(number, bytes), now: now)
        if case .store? = actions.first { actions = witness.handle(.stored(log.origin), now: now) }
        guard case .respond(number, _)? = actions.first else { preconditionFailure("no answer") }
    }
    // Any bytes as a record, and as an answer to the other side.
    var other = Witness(cosigner: cosigner, logs: [log])
    _ = other.handle(.start, now: now)
    _ = other.handle(.loaded(log.origin, bytes), now: now)
}
