// SPDX-License-Identifier: Apache-2.0

enum BenchmarkError: Error {
    case serverNotReady
    /// A message of another kind than was asked for, or one that isn't valid.
    case wrongMessage
    /// The meeting that was founded has no link.
    case noLink
    /// Not every viewer receives every track: what would be measured is not the case that was named.
    case incomplete(receiving: Int, expected: Int)
}
