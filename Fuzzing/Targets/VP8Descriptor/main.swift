// SPDX-License-Identifier: Apache-2.0

import Driver
import Transport

fuzz { input in
    var payload = [UInt8](input)
    guard let descriptor = payload.withUnsafeBytes({ VP8Descriptor.parse($0) }) else { return }
    precondition(descriptor.length < payload.count)
    payload.withUnsafeMutableBytes { descriptor.rewrite($0, pictureID: 77, tl0PictureIndex: 3) }
    let rewritten = payload.withUnsafeBytes { VP8Descriptor.parse($0) }
    precondition(rewritten?.length == descriptor.length && rewritten?.isKeyFrame == descriptor.isKeyFrame)
    precondition(descriptor.pictureID == nil || rewritten?.pictureID == 77)
}
