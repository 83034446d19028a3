// SPDX-License-Identifier: Apache-2.0

import CDatagram
import Glibc
import Transport

/// One UDP socket with the buffers for reading and writing it in batches. Confined to its worker's thread.
///
/// Writing: ``append(_:length:segment:count:to:from:)`` until full, ``send(metrics:)``. A message may be a run of equal
/// datagrams that the kernel cuts. What the kernel refuses to cut is sent datagram by datagram; when the refusal is about
/// the device and not the message, cutting is switched off for good.
final class DatagramPort {
    /// Media packets stay below the path's MTU (1,200 bytes and a bit); whatever doesn't fit isn't for us.
    static let slotSize = 2_048
    static let batch = 64
    private static let maximumWaits = 2

    let number: UInt16
    let descriptor: Int32
    let hasIPv6: Bool
    private let inbound: OpaquePointer
    private let outbound: OpaquePointer
    private var pendingDatagrams = 0
    private var pendingBytes = 0
    private(set) var segmentation = true

    /// - Parameter number: the UDP port; zero lets the kernel choose.
    init(number: UInt16, receiveBuffer: Int, sendBuffer: Int, ipv6: Bool = true) throws(MediaPlaneError) {
        let receive = Int32(clamping: receiveBuffer)
        let send = Int32(clamping: sendBuffer)
        var family = ipv6 ? AF_INET6 : AF_INET
        var descriptor = cdatagram_open_udp(family, number, receive, send)
        if descriptor == -EAFNOSUPPORT || descriptor == -EADDRNOTAVAIL, ipv6 {
            family = AF_INET
            descriptor = cdatagram_open_udp(family, number, receive, send)
        }
        guard descriptor >= 0 else { throw .socket(errno: -descriptor) }
        let bound = cdatagram_bound_port(descriptor)
        guard bound > 0, let inbound = cdatagram_inbound_create(Int32(Self.batch), Int32(Self.slotSize)) else {
            cdatagram_close(descriptor)
            throw .socket(errno: bound < 0 ? -bound : ENOMEM)
        }
        guard let outbound = cdatagram_outbound_create(Int32(Self.batch), family) else {
            cdatagram_inbound_destroy(inbound)
            cdatagram_close(descriptor)
            throw .socket(errno: ENOMEM)
        }
        self.number = UInt16(truncatingIfNeeded: bound)
        self.descriptor = descriptor
        self.hasIPv6 = family == AF_INET6
        self.inbound = inbound
        self.outbound = outbound
    }

    deinit {
        cdatagram_inbound_destroy(inbound)
        cdatagram_outbound_destroy(outbound)
        cdatagram_close(descriptor)
    }

    /// What has arrived, at most ``batch``; valid until the next call.
    func receive() -> UnsafeMutableBufferPointer<cdatagram_received> {
        let count = cdatagram_inbound_receive(inbound, descriptor)
        return UnsafeMutableBufferPointer(start: cdatagram_inbound_slots(inbound), count: max(0, Int(count)))
    }

    /// Adds a message; false when ``send(metrics:)`` has to come first. The bytes must stay until then.
    ///
    /// - Parameter segment: the length of each of the `count` datagrams in `bytes`, or 0 when it is one.
    func append(
        _ bytes: UnsafeRawPointer,
        length: Int,
        segment: Int,
        count: Int,
        to destination: cdatagram_endpoint,
        from source: LocalAddress
    ) -> Bool {
        var destination = destination
        let added: Bool
        if source == .any {
            added = cdatagram_outbound_add(
                outbound,
                bytes,
                length,
                UInt16(truncatingIfNeeded: segment),
                &destination,
                nil
            )
        } else {
            var own = cdatagram_endpoint(high: source.high, low: source.low, port: 0)
            added = cdatagram_outbound_add(
                outbound,
                bytes,
                length,
                UInt16(truncatingIfNeeded: segment),
                &destination,
                &own
            )
        }
        guard added else { return false }
        pendingDatagrams += count
        pendingBytes += length
        return true
    }

    /// Sends what was appended: all of it, but for what the kernel refuses after a bounded wait.
    func send(metrics: inout MediaMetrics) {
        let count = cdatagram_outbound_count(outbound)
        guard count > 0 else { return }
        var sent = pendingDatagrams
        var bytes = pendingBytes
        var index: Int32 = 0
        var waits = 0
        while index < count {
            let result = cdatagram_outbound_send(outbound, descriptor, index)
            metrics.sendCalls &+= 1
            if result > 0 {
                index += result
                continue
            }
            switch -result {
            case EAGAIN, ENOBUFS:
                if waits < Self.maximumWaits {
                    waits += 1
                    cdatagram_wait_writable(descriptor, 1)
                    continue
                }
                while index < count {
                    lose(index, .sendBufferFull, &sent, &bytes, &metrics)
                    index += 1
                }
            case EIO, EINVAL, EMSGSIZE, EOPNOTSUPP:
                if -result == EIO || -result == EOPNOTSUPP { segmentation = false }
                sendPlain(index, &sent, &bytes, &metrics)
                index += 1
            default:
                lose(index, .unsendable, &sent, &bytes, &metrics)
                index += 1
            }
        }
        metrics.packetsSent &+= UInt64(max(0, sent))
        metrics.bytesSent &+= UInt64(max(0, bytes))
        cdatagram_outbound_clear(outbound)
        pendingDatagrams = 0
        pendingBytes = 0
    }

    /// Sends one datagram at once, after whatever was appended.
    func send(
        _ bytes: UnsafeRawBufferPointer,
        to destination: cdatagram_endpoint,
        from source: LocalAddress,
        metrics: inout MediaMetrics
    ) {
        guard let base = bytes.baseAddress else { return }
        if !append(base, length: bytes.count, segment: 0, count: 1, to: destination, from: source) {
            send(metrics: &metrics)
            _ = append(base, length: bytes.count, segment: 0, count: 1, to: destination, from: source)
        }
        send(metrics: &metrics)
    }

    private func sendPlain(_ index: Int32, _ sent: inout Int, _ bytes: inout Int, _ metrics: inout MediaMetrics) {
        var length = 0
        let datagrams = cdatagram_outbound_datagrams(outbound, index, &length)
        let taken = cdatagram_outbound_send_plain(outbound, descriptor, index)
        metrics.sendCalls &+= UInt64(max(0, datagrams))
        let lost = Int(datagrams - taken)
        guard lost > 0 else { return }
        metrics.drop(.unsendable, count: lost)
        sent -= lost
        bytes -= length * lost / Int(datagrams)
    }

    private func lose(
        _ index: Int32,
        _ reason: DropReason,
        _ sent: inout Int,
        _ bytes: inout Int,
        _ metrics: inout MediaMetrics
    ) {
        var length = 0
        let datagrams = Int(cdatagram_outbound_datagrams(outbound, index, &length))
        metrics.drop(reason, count: datagrams)
        sent -= datagrams
        bytes -= length
    }
}
