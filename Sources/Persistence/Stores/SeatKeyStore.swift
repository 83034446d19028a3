// SPDX-License-Identifier: Apache-2.0

public import Governance

/// Signed keys of seats, one for each.
public protocol SeatKeyStore: Sendable {
    func put(_ signed: [UInt8], of seat: Name) throws(StorageFault)
    /// In the order of the seats' names.
    func all() throws(StorageFault) -> [[UInt8]]
}
