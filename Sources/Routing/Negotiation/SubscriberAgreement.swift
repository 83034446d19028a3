// SPDX-License-Identifier: Apache-2.0

/// What came of a viewer's answer.
public struct SubscriberAgreement: Sendable {
    /// All that the viewer now receives; what is missing has ended or was not accepted.
    public var tracks: [SubscribedTrack]
    public var remote: RemoteTransport
}
