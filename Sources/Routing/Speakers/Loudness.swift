// SPDX-License-Identifier: Apache-2.0

/// How loud one microphone is, from the levels in its packets (RFC 6464). Trivial.
///
/// Levels are turned into loudness (127 - level) and averaged per tick, then smoothed: quick to rise, slow to fall.
struct Loudness {
    /// Loudness that counts as speech at first, and while speaking: -48 dBov and -58 dBov.
    static let enter = 79
    static let leave = 69
    static let ticksToEnter = 2
    static let ticksToLeave = 4

    private var sum = 0
    private var count = 0
    /// Times 16.
    private var smoothed = 0
    private var run = 0
    private(set) var isSpeaking = false

    var loudness: Int { smoothed >> 4 }

    @inline(__always)
    mutating func note(level: UInt8) {
        sum &+= 127 &- Int(level & 0x7F)
        count &+= 1
    }

    /// One step of ``SpeakerDetector/tick``.
    mutating func tick() {
        let current = count > 0 ? (sum * 16) / count : 0
        sum = 0
        count = 0
        // Silence suppression sends no packets at all: that is silence.
        smoothed += current > smoothed ? (current - smoothed) / 2 : (current - smoothed) / 4
        if isSpeaking {
            run = loudness < Loudness.leave ? run + 1 : 0
            if run >= Loudness.ticksToLeave {
                isSpeaking = false
                run = 0
            }
        } else {
            run = loudness >= Loudness.enter ? run + 1 : 0
            if run >= Loudness.ticksToEnter {
                isSpeaking = true
                run = 0
            }
        }
    }

    mutating func silence() {
        self = Loudness()
    }
}
