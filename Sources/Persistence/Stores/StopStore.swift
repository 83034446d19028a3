// SPDX-License-Identifier: Apache-2.0

/// Signed stops, whole. They are kept for good: each counts for as long as somebody could bring a bundle.
public protocol StopStore: Sendable {
    /// The same text is kept once.
    func add(_ stop: [UInt8]) throws(StorageFault)
    /// In the order in which they came.
    func all() throws(StorageFault) -> [[UInt8]]
}
