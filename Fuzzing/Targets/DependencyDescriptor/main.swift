// SPDX-License-Identifier: Apache-2.0

import Driver
import Transport

fuzz { input in
    let descriptor = DependencyDescriptor.parse(input)
    precondition(descriptor == nil || descriptor?.isFrameStart == true || descriptor?.isKeyFrame == false)
}
