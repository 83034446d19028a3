// SPDX-License-Identifier: Apache-2.0

/// Where a case stands (design §6): received → authenticated → docketed → checked → proposed → approving → time-locked → noticed or
/// embargoed → executed → delivered → closed.
public enum CaseState: Hashable, Sendable {
    /// Somebody asked for something.
    case received
    /// It was asked by whom it says.
    case authenticated
    case docketed
    /// The checks have passed.
    case checked
    /// A check asks for less.
    case narrowed
    /// A check has failed, or the requester was asked back.
    case challenged
    case proposed
    case approving
    /// Approved; the lock runs.
    case timeLocked
    case noticed
    case embargoed
    case executed
    case delivered
    /// Stopped. A new order may be proposed.
    case halted
    case closed
}
