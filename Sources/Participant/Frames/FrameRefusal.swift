// SPDX-License-Identifier: Apache-2.0

public import SFrame

/// Why a frame was not opened, or not sealed.
public enum FrameRefusal: Error, Hashable, Sendable {
    /// We aren't in the group, or not yet.
    case noKeys
    /// Shorter than the bytes that its codec leaves in the clear.
    case tooShort
    /// Sealed by somebody else than whom it is said to be from, or as another of their streams.
    case misattributed
    /// Sealed with an old key by somebody who is no longer in the group.
    case departed
    /// Sealed with the keys of an epoch before we came in: not for us.
    case beforeEntry
    case sframe(SFrameRefusal)
}
