// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transport

/// What to send to a viewer.
public struct SubscriberOffer: Sendable {
    public struct Entry: Hashable, Sendable {
        public var mid: String
        public var track: TrackID
    }

    /// The offer's text.
    public var sdp: String
    /// Which section carries which track.
    public var entries: [Entry]
    /// Our credentials in the offer.
    public var local: ICECredentials
    /// The credentials are new.
    public var isICERestart: Bool
}
