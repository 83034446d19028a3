// SPDX-License-Identifier: Apache-2.0

/// Why a received packet is not what its sender sealed, or not any more.
public enum SRTPRefusal: Error, Hashable, Sendable {
    /// Too short for its header, its tag and, in SRTCP, its index.
    case tooShort
    /// Seen before.
    case replayed
    /// Behind the replay window, or from before the first packet.
    case tooOld
    /// The tag does not verify.
    case unauthenticated
    /// The roll-over counter would pass 2³² (RFC 3711 §9.2): the keys are used up.
    case keysExhausted
}
