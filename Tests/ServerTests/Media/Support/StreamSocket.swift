// SPDX-License-Identifier: Apache-2.0

import CDatagram
import Glibc
import Transport

@testable import Server

/// A client's TCP connection to a worker on loopback, with RFC 4571 framing.
final class StreamSocket {
    struct Refused: Error {}

    let descriptor: Int32
    private var framing = TCPFraming()
    private(set) var isClosed = false

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Refused() }
    }

    deinit { cdatagram_close(descriptor) }

    func send(_ packet: [UInt8]) {
        guard let (high, low) = TCPFraming.header(for: packet.count) else { return }
        sendRaw([high, low] + packet)
    }

    func sendRaw(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { cdatagram_write(descriptor, $0.baseAddress, $0.count) }
    }

    /// Lends every frame that has arrived.
    func receive(_ body: (UnsafeMutableRawBufferPointer) -> Void) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = buffer.withUnsafeMutableBytes { cdatagram_read(descriptor, $0.baseAddress, $0.count) }
            if count == -Int(EAGAIN) { return }
            guard count > 0 else {
                isClosed = true
                return
            }
            buffer.withUnsafeBytes { try? framing.receive(UnsafeRawBufferPointer(rebasing: $0[..<count]), body) }
        }
    }
}
