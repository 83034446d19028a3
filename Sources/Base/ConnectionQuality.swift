// SPDX-License-Identifier: Apache-2.0

/// How well media reaches a participant, as the people in the meeting are told.
public enum ConnectionQuality: String, Hashable, Sendable, CaseIterable {
    case good
    case fair
    case poor
    /// Nothing arrives any more.
    case lost
}
