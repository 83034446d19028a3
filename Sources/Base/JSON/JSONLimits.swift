// SPDX-License-Identifier: Apache-2.0

/// What a reader of JSON accepts at most. Beyond it comes a typed refusal, not memory.
public struct JSONLimits: Sendable {
    /// Bytes of text.
    public var size: Int
    /// Arrays and objects inside one another; the outermost counts as one. Recursion goes no deeper.
    public var depth: Int
    /// Values in all, members and elements included.
    public var values: Int

    public init(size: Int, depth: Int, values: Int) {
        self.size = size
        self.depth = depth
        self.values = values
    }

    /// For one message: 256 KiB, eight levels, ten thousand values.
    public static let message = JSONLimits(size: 256 * 1024, depth: 8, values: 10_000)
}
