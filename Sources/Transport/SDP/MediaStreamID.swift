// SPDX-License-Identifier: Apache-2.0

/// `a=msid` (RFC 8830 §2): the stream that a track belongs to, and the track's own name.
public struct MediaStreamID: Hashable, Sendable {
    /// `-` for a track of no stream.
    public var stream: String
    public var track: String?

    public init(stream: String, track: String?) {
        self.stream = stream
        self.track = track
    }

    init?(_ value: Substring) {
        let words = value.words
        guard let stream = words.first else { return nil }
        self.stream = String(stream)
        track = words.count > 1 ? String(words[1]) : nil
    }

    var text: String { track.map { "\(stream) \($0)" } ?? stream }
}
