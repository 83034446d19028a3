// SPDX-License-Identifier: Apache-2.0

import Meetings
import Routing

extension MediaRefusal {
    /// What a client is told about a rule that its description broke.
    init(_ error: NegotiationError) {
        switch error {
        case .sdp, .noMedia, .missingMid, .missingCredentials, .missingFingerprint, .sectionsDiffer,
            .extensionsConflict:
            self = .malformed
        case .notSending, .wrongKind, .duplicateSource: self = .tracks
        case .tooManySections, .notBundled, .rtcpMuxMissing, .fingerprintChanged, .wrongSetup, .noCommonCodec,
            .streamsNotIdentified:
            self = .unsupported
        case .noOfferOutstanding: self = .outOfOrder
        }
    }
}
