// SPDX-License-Identifier: Apache-2.0

public import Transport

/// What came of a publisher's offer.
public struct PublisherAnswer: Sendable {
    /// The answer's text.
    public var sdp: String
    /// All that the participant now publishes on this connection; what is missing has ended.
    public var tracks: [PublishedTrack]
    public var remote: RemoteTransport
    /// Our credentials in the answer: new ones when the offer restarted ICE.
    public var local: ICECredentials
    public var isICERestart: Bool
}
