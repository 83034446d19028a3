// SPDX-License-Identifier: Apache-2.0

/// Cuts a TCP stream into packets: a 16-bit length before each (RFC 4571 §2), as ICE-TCP uses it (RFC 6544 §3).
///
/// Holds one packet's buffer from the first on and never more.
public struct TCPFraming: Sendable {
    public enum Refusal: Error, Hashable, Sendable {
        /// The length exceeds what any packet here may have. The stream is lost: close the connection.
        case frameTooLong
    }

    public static let headerLength = 2

    private let maximumLength: Int
    private var buffer: [UInt8] = []
    private var filled = 0

    /// - Parameter maximumLength: longest packet accepted, in bytes, at most 65,535.
    public init(maximumLength: Int = 2_048) {
        self.maximumLength = min(max(maximumLength, 1), Int(UInt16.max))
    }

    /// Takes received bytes and lends each complete packet to `body`, to be opened in place.
    ///
    /// Empty frames are passed over. After a refusal the stream has no known boundary any more.
    public mutating func receive(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (UnsafeMutableRawBufferPointer) -> Void
    ) throws(Refusal) {
        if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: maximumLength + Self.headerLength) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let wanted = filled < Self.headerLength ? Self.headerLength : Self.headerLength + length
            let taken = min(wanted - filled, rest.count)
            let target = filled
            buffer.withUnsafeMutableBytes { buffer in
                buffer[target..<target + taken].copyBytes(from: rest.prefix(taken))
            }
            filled += taken
            rest = rest.dropFirst(taken)
            guard filled >= Self.headerLength else { continue }
            guard length <= maximumLength else { throw .frameTooLong }
            guard filled == Self.headerLength + length else { continue }
            let end = filled
            filled = 0
            guard end > Self.headerLength else { continue }
            buffer.withUnsafeMutableBytes { buffer in
                body(UnsafeMutableRawBufferPointer(rebasing: buffer[Self.headerLength..<end]))
            }
        }
    }

    /// The two bytes that go before a packet of this length; `nil` for one that does not fit.
    public static func header(for length: Int) -> (UInt8, UInt8)? {
        guard let word = UInt16(exactly: length) else { return nil }
        return (UInt8(truncatingIfNeeded: word >> 8), UInt8(truncatingIfNeeded: word))
    }

    private var length: Int { Int(buffer[0]) << 8 | Int(buffer[1]) }
}
