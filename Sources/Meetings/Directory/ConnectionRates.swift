// SPDX-License-Identifier: Apache-2.0

import Base

/// What one connection may send. The same for everyone, hosts too.
struct ConnectionRates: Sendable {
    private var messages: TokenBucket
    /// In units of 1 KiB.
    private var volume: TokenBucket
    private var chat: TokenBucket
    private var reactions: TokenBucket
    private var state: TokenBucket
    /// Descriptions and layers: dear to read, and the media threads carry them out.
    private var media: TokenBucket
    /// What hosts do; everybody is told of most of it.
    private var acts: TokenBucket
    /// Messages over a limit or unreadable ones; when these run out, the connection is closed.
    private var patience: TokenBucket

    init(now: Moment) {
        messages = TokenBucket(perSecond: 50, burst: 100, now: now)
        volume = TokenBucket(perSecond: 512, burst: 2_048, now: now)
        chat = TokenBucket(perSecond: 5, burst: 10, now: now)
        reactions = TokenBucket(perSecond: 5, burst: 10, now: now)
        state = TokenBucket(perSecond: 10, burst: 20, now: now)
        media = TokenBucket(perSecond: 10, burst: 40, now: now)
        acts = TokenBucket(perSecond: 10, burst: 100, now: now)
        patience = TokenBucket(perSecond: 2, burst: 100, now: now)
    }

    /// Before a message is read.
    mutating func allowFrame(of size: Int, now: Moment) -> Bool {
        messages.take(now: now) && volume.take(Int64(size / 1024 + 1), now: now)
    }

    mutating func allow(_ message: ClientMessage, now: Moment) -> Bool {
        switch message {
        case .chat: chat.take(now: now)
        case .reaction: reactions.take(now: now)
        case .state, .rename: state.take(now: now)
        case .publish, .restartSubscriber, .layers: media.take(now: now)
        case .admit, .deny, .admitAll, .mute, .muteAll, .remove, .lock, .lobby, .lowerHand, .role, .end:
            acts.take(now: now)
        // One to each offer of the node's.
        case .answer, .join, .leave, .away, .ping: true
        }
    }

    /// Whether one more offence is borne.
    mutating func bear(now: Moment) -> Bool { patience.take(now: now) }
}
