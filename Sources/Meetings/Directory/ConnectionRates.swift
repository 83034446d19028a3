// SPDX-License-Identifier: Apache-2.0

import Base

/// What one connection may send. The same for everyone, hosts too.
struct ConnectionRates: Sendable {
    private var messages: TokenBucket
    /// In units of 1 KiB.
    private var volume: TokenBucket
    /// For one reader each: many when somebody greets all who come.
    private var whispers: TokenBucket
    /// Each goes to everybody.
    private var broadcasts: TokenBucket
    /// In units of 1 KiB: slow enough that one member's words leave room for the others' in what the meeting may send.
    private var broadcastVolume: TokenBucket
    /// Dear to check, and everybody has to follow.
    private var commits: TokenBucket
    /// In units of 1 KiB.
    private var commitVolume: TokenBucket
    /// The answer is the largest that there is.
    private var looks: TokenBucket
    private var knocks: TokenBucket
    /// Proposals and refusals: signatures to check.
    private var votes: TokenBucket
    /// Descriptions and layers: dear to read, and the media threads carry them out.
    private var media: TokenBucket
    /// What hosts do to others.
    private var acts: TokenBucket
    /// Messages over a limit, unreadable ones, bad commits; when these run out, the connection is closed.
    private var patience: TokenBucket

    init(now: Moment) {
        messages = TokenBucket(perSecond: 50, burst: 400, now: now)
        volume = TokenBucket(perSecond: 1_024, burst: 16_384, now: now)
        whispers = TokenBucket(perSecond: 25, burst: 250, now: now)
        broadcasts = TokenBucket(perSecond: 20, burst: 60, now: now)
        broadcastVolume = TokenBucket(perSecond: 64, burst: 512, now: now)
        commits = TokenBucket(perSecond: 5, burst: 50, now: now)
        commitVolume = TokenBucket(perSecond: 128, burst: 4_096, now: now)
        looks = TokenBucket(perSecond: 2, burst: 20, now: now)
        knocks = TokenBucket(perSecond: 1, burst: 5, now: now)
        votes = TokenBucket(perSecond: 2, burst: 10, now: now)
        media = TokenBucket(perSecond: 10, burst: 40, now: now)
        acts = TokenBucket(perSecond: 10, burst: 100, now: now)
        patience = TokenBucket(perSecond: 2, burst: 100, now: now)
    }

    /// Before a message is read.
    mutating func allowFrame(of size: Int, now: Moment) -> Bool {
        messages.take(now: now) && volume.take(Self.units(size), now: now)
    }

    mutating func allow(_ message: ClientMessage, of size: Int, now: Moment) -> Bool {
        switch message {
        case .message(_, .some, _): whispers.take(now: now)
        case .message: broadcasts.take(now: now) && broadcastVolume.take(Self.units(size), now: now)
        case .commit: commits.take(now: now) && commitVolume.take(Self.units(size), now: now)
        case .look: looks.take(now: now)
        case .knock: knocks.take(now: now)
        case .propose, .refuse: votes.take(now: now)
        case .publish, .restartSubscriber, .layers: media.take(now: now)
        case .deny, .end: acts.take(now: now)
        // One to each offer or epoch of the node's, or once and for all.
        case .answer, .ack, .join, .found, .leave, .away, .ping: true
        }
    }

    /// Whether one more offence is borne.
    mutating func bear(now: Moment) -> Bool { patience.take(now: now) }

    /// The same for what cost the node signatures to check, and can't happen by accident.
    mutating func bearOffence(now: Moment) -> Bool { patience.take(10, now: now) }

    private static func units(_ size: Int) -> Int64 { Int64(size / 1024 + 1) }
}
