// SPDX-License-Identifier: Apache-2.0

/// A user name fragment as a key that is made without allocating: our own have eight characters, sixteen fit.
struct UfragKey: Hashable {
    private var first: UInt64 = 0
    private var second: UInt64 = 0

    /// Nothing for one that is longer than any of ours.
    init?(_ bytes: some Collection<UInt8>) {
        guard 1...16 ~= bytes.count else { return nil }
        for byte in bytes {
            second = second << 8 | first >> 56
            first = first << 8 | UInt64(byte)
        }
    }
}
