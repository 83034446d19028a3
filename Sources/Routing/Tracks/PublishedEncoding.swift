// SPDX-License-Identifier: Apache-2.0

/// One stream of a published track: the only one, or one simulcast layer.
public struct PublishedEncoding: Hashable, Sendable {
    /// Names the layer in the packets' rid extension; `nil` when the track is one stream.
    public var rid: String?
    /// The stream's SSRC where the offer said it. Otherwise the first packets' mid and rid extensions tell.
    public var ssrc: UInt32?
    public var rtxSSRC: UInt32?

    public init(rid: String? = nil, ssrc: UInt32? = nil, rtxSSRC: UInt32? = nil) {
        self.rid = rid
        self.ssrc = ssrc
        self.rtxSSRC = rtxSSRC
    }
}
