// SPDX-License-Identifier: Apache-2.0

/// What an opener remembers of each SSRC: the highest index that verified and which indices below it did.
///
/// Bounded, and only packets that verified get in: a full table forgets the SSRC that has been silent longest. Only a
/// peer that holds the keys can cause that, and it can only hurt itself.
///
/// The replay window (RFC 3711 §3.3.2) is a ring of 1024 bits. A word is cleared when the highest index enters it, so
/// that what is certain to be remembered are the last 961 indices.
struct SRTPStreamTable: ~Copyable {
    private struct Stream {
        var ssrc: UInt32
        var highest: UInt64
        var lastUse: UInt64
    }

    static let maximumStreams = 64
    private static let wordsPerStream = 16

    private var streams: UnsafeMutablePointer<Stream>
    private var windows: UnsafeMutablePointer<UInt64>
    private var capacity = 4
    private(set) var count = 0
    private var recent = 0
    private var uses: UInt64 = 0

    init() {
        streams = .allocate(capacity: capacity)
        windows = .allocate(capacity: capacity * Self.wordsPerStream)
    }

    deinit {
        streams.deallocate()
        windows.deallocate()
    }

    /// Where `ssrc` is, until the next ``insert(_:index:)``.
    mutating func find(_ ssrc: UInt32) -> Int? {
        if recent < count, streams[recent].ssrc == ssrc { return recent }
        for slot in 0..<count where streams[slot].ssrc == ssrc {
            recent = slot
            return slot
        }
        return nil
    }

    func highest(_ slot: Int) -> UInt64 { streams[slot].highest }

    /// Whether a packet with this index may still come: asked before any cryptography.
    func refusal(_ slot: Int, index: UInt64) -> SRTPRefusal? {
        let highest = streams[slot].highest
        guard index <= highest else { return nil }
        guard highest >> 6 &- index >> 6 < UInt64(Self.wordsPerStream) else { return .tooOld }
        return windows[word(slot, index)] & bit(index) == 0 ? nil : .replayed
    }

    /// Remembers a packet: only once it has verified.
    mutating func commit(_ slot: Int, index: UInt64) {
        let highest = streams[slot].highest
        if index > highest {
            let entered = min(index >> 6 &- highest >> 6, UInt64(Self.wordsPerStream))
            var step: UInt64 = 0
            while step < entered {
                windows[word(slot, index &- step << 6)] = 0
                step &+= 1
            }
            streams[slot].highest = index
        }
        windows[word(slot, index)] |= bit(index)
        uses &+= 1
        streams[slot].lastUse = uses
    }

    /// Makes room for an SSRC whose first packet, with this index, has verified.
    mutating func insert(_ ssrc: UInt32, index: UInt64) {
        if count == capacity, capacity < Self.maximumStreams { grow() }
        var slot = count
        if count < capacity {
            count += 1
        } else {
            slot = 0
            for other in 1..<count where streams[other].lastUse < streams[slot].lastUse { slot = other }
        }
        (streams + slot).initialize(to: Stream(ssrc: ssrc, highest: index, lastUse: 0))
        (windows + slot * Self.wordsPerStream).initialize(repeating: 0, count: Self.wordsPerStream)
        commit(slot, index: index)
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Stream>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: streams, count: count)
        streams.deallocate()
        streams = larger
        let largerWindows = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity * 2 * Self.wordsPerStream)
        largerWindows.moveInitialize(from: windows, count: count * Self.wordsPerStream)
        windows.deallocate()
        windows = largerWindows
        capacity *= 2
    }

    @inline(__always)
    private func word(_ slot: Int, _ index: UInt64) -> Int {
        slot &* Self.wordsPerStream &+ Int(truncatingIfNeeded: index >> 6 & UInt64(Self.wordsPerStream - 1))
    }

    @inline(__always)
    private func bit(_ index: UInt64) -> UInt64 { 1 << (index & 63) }
}
