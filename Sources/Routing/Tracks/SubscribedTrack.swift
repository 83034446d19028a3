// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transport

/// A track as one viewer receives it, agreed by ``SubscriberNegotiation``.
public struct SubscribedTrack: Hashable, Sendable {
    public var id: TrackID
    public var mid: String
    /// Ours, and different for every viewer and track.
    public var ssrc: UInt32
    /// Where retransmissions go; `nil` when the viewer took none.
    public var rtxSSRC: UInt32?
    /// What the viewer accepts.
    public var codecs: [NegotiatedCodec]
    public var extensions: HeaderExtensionMap

    public init(
        id: TrackID,
        mid: String,
        ssrc: UInt32,
        rtxSSRC: UInt32?,
        codecs: [NegotiatedCodec],
        extensions: HeaderExtensionMap
    ) {
        self.id = id
        self.mid = mid
        self.ssrc = ssrc
        self.rtxSSRC = rtxSSRC
        self.codecs = codecs
        self.extensions = extensions
    }
}
