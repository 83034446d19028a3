// SPDX-License-Identifier: Apache-2.0

/// Why a witness doesn't cosign, each with the status that C2SP tlog-witness (add-checkpoint) gives it.
public enum WitnessRefusal: Error, Hashable, Sendable {
    /// The body isn't an old size, a proof, an empty line.
    case malformed
    /// What follows is no checkpoint.
    case checkpoint(CheckpointRefusal)
    /// "If the checkpoint origin is unknown, the witness MUST respond with a 404."
    case unknownLog
    /// "403 … if either no signature from a trusted key for the origin is present, or a signature line's key name and ID match
    /// a trusted key but the signature itself fails to verify."
    case signature(NoteRefusal)
    /// "The old size MUST be equal to or lower than the checkpoint size. Otherwise … 400."
    case oldSizeAboveNew
    /// "The old size matches the size of the latest checkpoint it cosigned … If it doesn't match … 409."
    case conflict(latest: UInt64)
    /// "A checkpoint of size zero MUST have the root hash of the empty tree … Otherwise … 422."
    case wrongEmptyRoot
    /// "If the proof is not empty when the old size is zero, or if a Merkle Consistency Proof doesn't verify … 422", and so
    /// for another root at the same size.
    case inconsistent(MerkleRefusal)
    /// Not the specification's: the clock runs behind what was signed already, so no time can be stated (503).
    case clockSetBack
    /// Not the specification's: too many requests wait, or the state isn't loaded yet (503).
    case busy
    /// Not the specification's: the new state may not be durable, so the signature stays here (500).
    case notDurable
    /// Not the specification's: the key can't sign (500).
    case signing(SignerRefusal)

    public var status: Int {
        switch self {
        case .malformed, .checkpoint, .oldSizeAboveNew: 400
        case .unknownLog: 404
        case .signature: 403
        case .conflict: 409
        case .wrongEmptyRoot, .inconsistent: 422
        case .clockSetBack, .busy: 503
        case .notDurable, .signing: 500
        }
    }

    /// A word on it for the other side.
    var reason: StaticString {
        switch self {
        case .malformed: "malformed request\n"
        case .checkpoint: "malformed checkpoint\n"
        case .unknownLog: "unknown log\n"
        case .signature: "invalid signature\n"
        case .oldSizeAboveNew: "old size above checkpoint size\n"
        case .conflict: ""
        case .wrongEmptyRoot: "wrong root of an empty tree\n"
        case .inconsistent: "invalid consistency proof\n"
        case .clockSetBack: "clock set back\n"
        case .busy: "busy\n"
        case .notDurable: "storage failure\n"
        case .signing: "signing failure\n"
        }
    }
}
