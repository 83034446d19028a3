// SPDX-License-Identifier: Apache-2.0

import Base

/// What a publisher's reception statistics amount to. Bad news is believed at once, good news after ``patience`` reports.
struct QualityEstimate {
    static let patience = 3

    private(set) var quality: UplinkQuality?
    private var betterFor = 0

    /// - Parameters:
    ///   - fractionLost: the worst of the streams, in 1/256.
    ///   - jitter: the worst of the streams.
    ///   - roundTrip: as far as known.
    /// - Returns: the quality when it changed.
    mutating func report(fractionLost: UInt8, jitter: Interval, roundTrip: Interval?) -> UplinkQuality? {
        let trip = roundTrip ?? .zero
        let now: UplinkQuality =
            if fractionLost > 20 || jitter > .milliseconds(100) || trip > .milliseconds(600) {
                .poor
            } else if fractionLost > 5 || jitter > .milliseconds(40) || trip > .milliseconds(300) {
                .fair
            } else {
                .good
            }
        guard let before = quality else {
            quality = now
            return now
        }
        guard now > before else {
            betterFor = 0
            quality = now
            return now == before ? nil : now
        }
        betterFor += 1
        guard betterFor >= QualityEstimate.patience else { return nil }
        betterFor = 0
        quality = now
        return now
    }
}
