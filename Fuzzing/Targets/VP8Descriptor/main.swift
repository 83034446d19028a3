// SPDX-License-Identifier: Apache-2.0

import Driver
import Transport

fuzz { input in
    var payload = [UInt8](input)
    guard let descriptor = payload.withUnsafeBytes({ VP8Descriptor.parse($0) }) else { return }
    precondition(descriptor.length < payload.count)
    payload.withUnsafeMutableBytes { bytes in
        if let start = bytes.baseAddress { descriptor.counters.write(pictureID: 77, tl0: 3, to: start) }
    }
    let rewritten = payload.withUnsafeBytes { VP8Descriptor.parse($0) }
    precondition(rewritten?.length == descriptor.length && rewritten?.isKeyFrame == descriptor.isKeyFrame)
    precondition(!descriptor.counters.hasPictureID || rewritten?.counters.pictureID == 77)
    precondition(!descriptor.counters.hasTL0 || rewritten?.counters.tl0 == 3)
}
