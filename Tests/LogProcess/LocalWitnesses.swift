// SPDX-License-Identifier: Apache-2.0

import Base
public import LogKeeping
public import NativeCrypto
public import Transparency

/// Witnesses in this process, reached without a network, their records on the real disk.
public struct LocalWitnesses: HTTPExchange {
    private let keepers: [WitnessKeeper<PosixDisk>]
    private let cosigners: [Cosigner<NativeCrypto>]

    /// Their keys are the same in every run.
    public init(_ count: Int, of log: KnownLog, in folder: String) throws {
        var keepers: [WitnessKeeper<PosixDisk>] = []
        var cosigners: [Cosigner<NativeCrypto>] = []
        for number in 0..<count {
            let cosigner = try LocalWitnesses.cosigner(number)
            cosigners.append(cosigner)
            keepers.append(
                WitnessKeeper(
                    Witness(cosigner: cosigner, logs: [log]),
                    in: DurableFolder(folder + "/witness-\(number)", on: PosixDisk()),
                    now: { WallClock.now }
                )
            )
        }
        self.keepers = keepers
        self.cosigners = cosigners
        for keeper in keepers { Task { await keeper.start() } }
    }

    /// The key of one, for what it wouldn't sign by itself.
    public static func cosigner(_ number: Int) throws -> Cosigner<NativeCrypto> {
        guard let name = KeyName("witness.example/w\(number)".utf8) else { throw LogProcessFault.usage }
        let seed = NativeCrypto.hash(.sha256, Array("witness \(number)".utf8))
        return try Cosigner(name: name, privateKey: Secret(seed))
    }

    /// The log and `quorum` of them, at addresses that only this exchange knows.
    public func policy(quorum: Int, log: VerifierKey) throws -> TrustPolicy {
        let text = try LocalWitnesses.text(cosigners.count, quorum: quorum, log: log)
        return try TrustPolicy(parsing: Array(text.utf8), with: NativeCrypto.self)
    }

    /// The policy as it is written.
    static func text(_ count: Int, quorum: Int, log: VerifierKey) throws -> String {
        var text = "log \(log.text)\n"
        for number in 0..<count {
            text += "witness w\(number) \(try cosigner(number).key.text) http://w\(number).invalid\n"
        }
        return text + "group g \(quorum) \((0..<count).map { "w\($0)" }.joined(separator: " "))\nquorum g\n"
    }

    public func get(_ url: String, longest: Int) async throws(HTTPFailure) -> HTTPReply { throw .badAddress }

    public func post(_ body: [UInt8], to url: String, longest: Int) async throws(HTTPFailure) -> HTTPReply {
        guard let number = keepers.indices.first(where: { url == "http://w\($0).invalid/add-checkpoint" }) else {
            throw .badAddress
        }
        let answer = await keepers[number].addCheckpoint(body)
        return HTTPReply(status: answer.status, contentType: answer.contentType, body: answer.body)
    }
}
