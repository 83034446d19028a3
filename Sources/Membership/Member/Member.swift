// SPDX-License-Identifier: Apache-2.0

public import Base
import MLS

/// One person's membership in a meeting, as a state machine: what the node says and what the person wants goes in, what is
/// to be sent, shown and sealed with comes out. The same in the browser and in the headless participant.
public struct Member<Crypto: CryptoProvider>: Sendable {
    var outputs: [MemberOutput] = []

    public init(
        _ identity: MemberIdentity,
        _ settings: MemberSettings,
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) {
    }

    /// When ``MemberInput/timeout`` is due.
    public var nextDeadline: Moment? { nil }

    /// - Parameters:
    ///   - now: monotonic.
    ///   - clock: milliseconds since 1970, for what people read.
    public mutating func handle(
        _ input: MemberInput,
        now: Moment,
        clock: UInt64,
        using randomness: inout some Randomness
    ) -> [MemberOutput] {
        defer { outputs = [] }
        return outputs
    }
}
