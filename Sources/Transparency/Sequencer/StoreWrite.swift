// SPDX-License-Identifier: Apache-2.0

/// A change to the store. Whoever carries it out does it whole or not at all (a new file, synced, renamed over the old one,
/// the folder synced), and reports only what would survive a power cut.
public enum StoreWrite: Hashable, Sendable {
    case put(StoreKey, [UInt8])
    /// Only if ``StoreKey/record`` holds `expected` (nothing, if `nil`); otherwise the write fails. Guards against a second
    /// process with the same key, which a lock should have kept out already.
    case replaceRecord(expected: [UInt8]?, with: [UInt8])
    /// All partial versions of the tile or bundle (``LogResource/partialsPath``); it is no failure if there are none.
    case removePartials(LogResource)
}
