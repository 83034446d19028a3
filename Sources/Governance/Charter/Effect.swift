// SPDX-License-Identifier: Apache-2.0

/// The most that one order can do (charter line `effect`). Where there is none, the action has its own: that member, that meeting.
public enum Effect: Hashable, Sendable {
    /// So many sealed fields.
    case fields(Int)
    /// For so long.
    case term(Term)
}
