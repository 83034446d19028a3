// SPDX-License-Identifier: Apache-2.0

/// Entries on their way into the log. After a crash they may be in it, or nowhere; submitting them again is safe.
public protocol OutboxStore: Sendable {
    /// In place of what was there, in the order in which they are logged.
    func put(_ entries: [[UInt8]]) throws(StorageFault)
    func all() throws(StorageFault) -> [[UInt8]]
}
