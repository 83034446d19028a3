// SPDX-License-Identifier: Apache-2.0

/// What happens to a witness.
public enum WitnessInput: Sendable {
    case start
    /// What ``WitnessAction/load(_:)`` asked for; `nil` if there is nothing yet.
    case loaded(LogOrigin, [UInt8]?)
    case loadFailed(LogOrigin)
    /// The body of an add-checkpoint request, under the caller's number for it.
    case request(UInt64, [UInt8])
    case stored(LogOrigin)
    /// It may be stored or not.
    case storeFailed(LogOrigin)
    /// Time to try again what failed to load.
    case tick
}
