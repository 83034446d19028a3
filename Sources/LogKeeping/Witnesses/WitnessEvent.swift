// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// What the operator of a witness should know.
public enum WitnessEvent: Hashable, Sendable {
    case diskFailed(String)
    /// A log showed, under its own signature, what contradicts what it showed before; kept under that name.
    case contradiction(LogOrigin, evidence: String)
    /// A log isn't cosigned any more until a person has looked.
    case stopped(LogOrigin, WitnessFault)
}
