// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// Where a log keeps its files: what ``LogWriter`` carries the sequencer's reads and writes out on.
public protocol LogStorage: Sendable {
    /// What is there for each key; `nil` for nothing.
    func read(_ keys: [StoreKey]) throws -> [[UInt8]?]

    /// All of it, durable on return. After a failure any part of it may be there.
    func apply(_ writes: [StoreWrite]) throws
}
