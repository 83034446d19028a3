// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transport

/// A track as its publisher sends it, agreed by ``PublisherNegotiation``.
public struct PublishedTrack: Hashable, Sendable {
    public var id: TrackID
    /// The media section's name, as in the packets' mid extension.
    public var mid: String
    /// What the publisher may send, preferred first.
    public var codecs: [NegotiatedCodec]
    public var extensions: HeaderExtensionMap
    /// Low layer first; never empty.
    public var encodings: [PublishedEncoding]

    public init(
        id: TrackID,
        mid: String,
        codecs: [NegotiatedCodec],
        extensions: HeaderExtensionMap,
        encodings: [PublishedEncoding]
    ) {
        self.id = id
        self.mid = mid
        self.codecs = codecs
        self.extensions = extensions
        self.encodings = encodings
    }
}
