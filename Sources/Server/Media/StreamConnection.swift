// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Glibc
import Transport

/// One accepted TCP connection: ICE-TCP packets framed by RFC 4571, both ways, within fixed buffers.
///
/// A reader that is too slow loses media first, frame by frame, and the connection after ``patience``.
final class StreamConnection {
    static let outputLimit = 128 << 10
    static let patience = Interval.seconds(5)

    let number: UInt32
    let descriptor: Int32
    let address: TransportAddress
    let source: LocalAddress
    let opened: Moment
    /// How long a stranger may stay without an authentic connectivity check.
    let verification: Interval
    var framing: TCPFraming
    /// Set when an authentic connectivity check came through.
    var isVerified = false
    /// In the worker's list of connections to write to.
    var isDirty = false
    var isClosed = false
    /// Waiting for the kernel to take more.
    var isBlocked = false
    private var output: [UInt8] = []
    private var written = 0
    private var stalledSince: Moment?

    init(
        descriptor: Int32,
        number: UInt32,
        address: TransportAddress,
        opened: Moment,
        verification: Interval = MediaPlaneConfiguration.verification
    ) {
        self.descriptor = descriptor
        self.number = number
        self.address = address
        self.opened = opened
        self.verification = verification
        source = .any
        framing = TCPFraming(maximumLength: DatagramPort.slotSize)
    }

    deinit {
        cdatagram_close(descriptor)
    }

    var hasOutput: Bool { written < output.count }

    /// Queues one packet; false when the reader is behind and the packet is lost.
    func append(_ packet: UnsafeRawBufferPointer, now: Moment) -> Bool {
        guard let (high, low) = TCPFraming.header(for: packet.count) else { return false }
        if output.count + packet.count + TCPFraming.headerLength > Self.outputLimit {
            if written > 0 {
                output.removeFirst(written)
                written = 0
            }
            if output.count + packet.count + TCPFraming.headerLength > Self.outputLimit {
                if stalledSince == nil { stalledSince = now }
                return false
            }
        }
        output.append(high)
        output.append(low)
        output.append(contentsOf: packet)
        return true
    }

    enum WriteResult {
        case done
        case blocked
        case failed
    }

    /// Writes what the kernel takes.
    func write() -> WriteResult {
        while written < output.count {
            let taken = output.withUnsafeBytes { bytes in
                cdatagram_write(descriptor, bytes.baseAddress! + written, bytes.count - written)
            }
            if taken == -Int(EAGAIN) { return .blocked }
            guard taken > 0 else { return .failed }
            written += taken
        }
        output.removeAll(keepingCapacity: true)
        written = 0
        stalledSince = nil
        return .done
    }

    /// When this connection has to prove something, and no longer may stay if it hasn't.
    func isOverdue(now: Moment) -> Bool {
        if !isVerified, now - opened >= verification { return true }
        if let stalledSince, now - stalledSince >= Self.patience { return true }
        return false
    }
}
