// SPDX-License-Identifier: Apache-2.0

/// What an Ed25519 cosignature is made over (C2SP tlog-cosignature, Ed25519 signed message): "two newline terminated lines
/// (one header line and one timestamp line) followed by the whole note body".
enum CosignedMessage {
    static func bytes(time: CosignatureTime, text: [UInt8]) -> [UInt8] {
        var message: [UInt8] = []
        message.append("cosignature/v1\ntime ")
        message += Decimal.text(time.seconds)
        message.append(.newline)
        return message + text
    }
}
