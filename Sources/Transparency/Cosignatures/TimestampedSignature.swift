// SPDX-License-Identifier: Apache-2.0

import Base

/// `timestamped_signature` with an Ed25519 signature (C2SP tlog-cosignature, Format).
struct TimestampedSignature {
    let time: CosignatureTime
    /// 64 bytes.
    let signature: [UInt8]

    init(time: CosignatureTime, signature: [UInt8]) {
        self.time = time
        self.signature = signature
    }

    init?(decoding bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let seconds = reader.readUInt64(), let time = CosignatureTime(seconds: seconds), reader.remaining == 64
        else { return nil }
        self.init(time: time, signature: Array(reader.rest))
    }

    var encoded: [UInt8] {
        var writer = ByteWriter(reserving: 72)
        writer.write(time.seconds)
        writer.write(signature)
        return writer.bytes
    }
}
