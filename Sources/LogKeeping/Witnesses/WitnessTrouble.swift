// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// Why a witness gave no cosignature, as the log's operator sees it.
public enum WitnessTrouble: Error, Hashable, Sendable {
    case unreachable(HTTPFailure)
    case refused(CollectorFailure)
    /// The policy names no address for it.
    case noURL
    /// Our own tiles don't give the proof that it asks for.
    case noProof

    /// True if it may mean that the log's past was changed, or that its key is in other hands: somebody must look.
    public var isAlarm: Bool {
        switch self {
        case .refused(.aheadOfUs), .refused(.inconsistent): true
        default: false
        }
    }
}

extension WitnessTrouble: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreachable(let failure): "\(failure)"
        case .refused(.status(let status)): "answered with status \(status)"
        case .refused(.malformedAnswer): "answered with something that makes no sense"
        case .refused(.wrongSignature): "answered with a signature that isn't its own"
        case .refused(.aheadOfUs(let size)): "has seen \(size) entries of this log, which are more than there are"
        case .refused(.inconsistent): "says that this log doesn't continue its own past"
        case .noURL: "has no address in the policy"
        case .noProof: "can't be shown a proof, since tiles are missing"
        }
    }
}
