// SPDX-License-Identifier: Apache-2.0

import Meetings
import NIOCore
import NIOWebSocket

/// Puts text messages together from frames (RFC 6455 §5.4) and checks them. Control frames don't come here.
struct MessageAssembler {
    static let maximumMessageSize = ClientMessage.maximumSize

    /// What arrived of a message in fragments.
    private var partial: ByteBuffer?

    /// - Returns: the whole message's UTF-8, or `nil` while fragments are missing.
    mutating func add(_ frame: WebSocketFrame) throws(SocketFault) -> [UInt8]? {
        // §5.1: a client masks everything. Reserved bits belong to extensions, of which none is agreed (§5.2).
        guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else { throw .framing }
        var data = frame.unmaskedData
        switch (frame.opcode, partial) {
        case (.text, .none):
            guard data.readableBytes <= MessageAssembler.maximumMessageSize else { throw .tooLarge }
            guard frame.fin else {
                partial = data
                return nil
            }
            return try MessageAssembler.checked(data)
        case (.continuation, .some(var whole)):
            guard whole.readableBytes + data.readableBytes <= MessageAssembler.maximumMessageSize else {
                throw .tooLarge
            }
            // Out of `self` while it grows, or each fragment would copy all before it.
            partial = nil
            whole.writeBuffer(&data)
            guard frame.fin else {
                partial = whole
                return nil
            }
            return try MessageAssembler.checked(whole)
        case (.binary, .none): throw .notText
        default: throw .framing
        }
    }

    private static func checked(_ buffer: ByteBuffer) throws(SocketFault) -> [UInt8] {
        let bytes = Array(buffer.readableBytesView)
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        return bytes
    }
}
