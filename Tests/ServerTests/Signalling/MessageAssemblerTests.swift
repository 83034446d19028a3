// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOWebSocket
import Testing

@testable import Server

@Suite("Messages from frames")
struct MessageAssemblerTests {
    private func frame(
        _ opcode: WebSocketOpcode,
        _ bytes: [UInt8],
        fin: Bool = true,
        isMasked: Bool = true
    ) -> WebSocketFrame {
        let key: WebSocketMaskingKey? = isMasked ? [1, 2, 3, 4] : nil
        var data = ByteBuffer(bytes: bytes)
        if let key { data.webSocketMask(key) }
        return WebSocketFrame(fin: fin, opcode: opcode, maskKey: key, data: data)
    }

    @Test("one frame is a message, and fragments are one together")
    func whole() throws {
        var assembler = MessageAssembler()
        #expect(try assembler.add(frame(.text, Array("one".utf8))) == Array("one".utf8))
        #expect(try assembler.add(frame(.text, Array("t".utf8), fin: false)) == nil)
        #expect(try assembler.add(frame(.continuation, Array("w".utf8), fin: false)) == nil)
        #expect(try assembler.add(frame(.continuation, Array("o".utf8))) == Array("two".utf8))
        #expect(try assembler.add(frame(.text, [])) == [])
    }

    @Test("a character may be cut between fragments, but must be whole in the end")
    func utf8() throws {
        let heart = Array("❤".utf8)
        var assembler = MessageAssembler()
        #expect(try assembler.add(frame(.text, Array(heart[..<1]), fin: false)) == nil)
        #expect(try assembler.add(frame(.continuation, Array(heart[1...]))) == heart)
        for bad: [UInt8] in [[0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], Array(heart[..<2]), [0xFF]] {
            var assembler = MessageAssembler()
            #expect(throws: SocketFault.notUTF8) { try assembler.add(frame(.text, bad)) }
        }
    }

    @Test("a message has a limit, in one frame or in many")
    func limit() throws {
        let maximum = MessageAssembler.maximumMessageSize
        var assembler = MessageAssembler()
        #expect(try assembler.add(frame(.text, Array(repeating: 97, count: maximum)))?.count == maximum)
        #expect(throws: SocketFault.tooLarge) {
            try assembler.add(frame(.text, Array(repeating: 97, count: maximum + 1)))
        }
        #expect(try assembler.add(frame(.text, Array(repeating: 97, count: maximum), fin: false)) == nil)
        #expect(throws: SocketFault.tooLarge) { try assembler.add(frame(.continuation, [97])) }
    }

    @Test("what RFC 6455 forbids is refused")
    func framing() throws {
        var assembler = MessageAssembler()
        #expect(throws: SocketFault.framing) { try assembler.add(frame(.text, [97], isMasked: false)) }
        #expect(throws: SocketFault.framing) { try assembler.add(frame(.continuation, [97])) }
        #expect(throws: SocketFault.notText) { try assembler.add(frame(.binary, [97])) }
        var reserved = frame(.text, [97])
        reserved.rsv1 = true
        #expect(throws: SocketFault.framing) { try assembler.add(reserved) }
        #expect(try assembler.add(frame(.text, [97], fin: false)) == nil)
        #expect(throws: SocketFault.framing) { try assembler.add(frame(.text, [97])) }
    }
}
