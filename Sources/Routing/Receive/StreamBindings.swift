// SPDX-License-Identifier: Apache-2.0

/// Which of a publisher's SSRCs is which stream. A short list without gaps: a search touches one cache line or two.
struct StreamBindings {
    static let capacity = 64

    struct Binding {
        var ssrc: UInt32
        var isRepair: Bool
        var stream: UnsafeMutablePointer<StreamState>
    }

    private let bindings: UnsafeMutablePointer<Binding>
    private(set) var count = 0

    init() {
        bindings = .allocate(capacity: StreamBindings.capacity)
    }

    func deallocate() {
        bindings.deallocate()
    }

    @inline(__always)
    subscript(_ ssrc: UInt32) -> Binding? {
        for index in 0..<count where bindings[index].ssrc == ssrc { return bindings[index] }
        return nil
    }

    /// A stream has one SSRC and one repairing SSRC: former ones are forgotten. False when the list is full.
    mutating func bind(_ ssrc: UInt32, to stream: UnsafeMutablePointer<StreamState>, isRepair: Bool) -> Bool {
        removeAll { $0.ssrc == ssrc || ($0.stream == stream && $0.isRepair == isRepair) }
        guard count < StreamBindings.capacity else { return false }
        bindings[count] = Binding(ssrc: ssrc, isRepair: isRepair, stream: stream)
        count += 1
        return true
    }

    mutating func removeAll(where matches: (Binding) -> Bool) {
        var index = 0
        while index < count {
            if matches(bindings[index]) {
                count -= 1
                bindings[index] = bindings[count]
            } else {
                index += 1
            }
        }
    }
}
