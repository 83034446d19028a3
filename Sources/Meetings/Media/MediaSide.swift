// SPDX-License-Identifier: Apache-2.0

/// Which of a participant's two peer connections is meant.
public enum MediaSide: String, Hashable, Sendable, CaseIterable {
    /// Carries the participant's own tracks; the client offers.
    case publisher
    /// Carries everyone else's tracks; the server offers.
    case subscriber
}
