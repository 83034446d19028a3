// SPDX-License-Identifier: Apache-2.0

/// The dense index that the media worker gives to one peer connection. A participant has two: one publishes, one
/// subscribes.
public struct PeerHandle: Hashable, Sendable {
    public var index: Int32

    @inlinable
    public init(index: Int32) {
        self.index = index
    }
}
