// SPDX-License-Identifier: Apache-2.0

import Base

/// How the media plane uses the machine.
struct MediaPlaneConfiguration: Sendable {
    /// Each worker takes the lowest free one, for UDP and TCP alike.
    var ports: ClosedRange<UInt16> = 40_000...40_199
    /// Threads that carry media, each with its own socket and meetings; `nil`: one per core.
    var workers: Int?
    /// What clients are told instead of the machine's own addresses (1:1 NAT).
    var publicAddresses: [LocalAddress] = []
    var ipv6 = true
    /// How long an idle worker that was woken by the first datagram waits for the rest of a burst. Longer runs to each
    /// receiver cost less; every packet pays with its latency. docs/media-path.md has the measurements.
    var gather: Interval = .microseconds(50)
    /// Changes to what a participant is offered are collected this long.
    var offerDelay: Interval = .milliseconds(30)
    var receiveBuffer = 8 << 20
    var sendBuffer = 8 << 20
    /// Peer connections on one worker; more are refused with ``MediaRefusal/busy``.
    var maximumPeers = 4_096
    var maximumStreams = 1_024
    /// TCP connections that no authentic connectivity check came through.
    var maximumUnverifiedStreams = 128
    /// How long such a connection may stay.
    var streamVerification = MediaPlaneConfiguration.verification

    static let verification = Interval.seconds(10)

    init() {}
}
