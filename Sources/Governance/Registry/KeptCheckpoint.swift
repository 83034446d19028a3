// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transparency

/// A cosigned checkpoint with no signatures but those of a charter's policy, and what it proves about time: what bundles carry.
public struct KeptCheckpoint: Hashable, Sendable {
    public let bytes: [UInt8]
    public let head: TreeHead
    /// The tree was seen, and nothing larger, at this time or later: seconds since 1970.
    public let notBefore: UInt64
    /// The tree was seen by this time.
    public let notAfter: UInt64

    public init<Crypto: CryptoProvider>(
        parsing bytes: [UInt8],
        under policy: TrustPolicy,
        with crypto: Crypto.Type
    ) throws(CheckpointFault) {
        let signed: SignedCheckpoint
        do throws(CheckpointRefusal) { signed = try SignedCheckpoint(parsing: bytes) } catch { throw .malformed(error) }
        let cosigned: CosignedCheckpoint
        do throws(TrustRefusal) { cosigned = try policy.verify(signed, with: crypto) } catch { throw .trust(error) }
        guard let witnessed = WitnessedHead(cosigned, under: policy) else { throw .noWitnesses }
        self.bytes = cosigned.verified.keeping(signaturesOf: policy.keys).note.encoded
        head = witnessed.head
        notBefore = witnessed.notBefore
        notAfter = witnessed.notAfter
    }
}

extension TrustPolicy {
    fileprivate var keys: [VerifierKey] { logs.map { $0.key } + witnesses.map { $0.key } }
}
