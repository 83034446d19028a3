// SPDX-License-Identifier: Apache-2.0

import Driver
import Meetings

fuzz { input in
    let frame = [UInt8](input)
    _ = try? ClientMessage(parsing: frame)
    _ = try? ServerMessage(parsing: frame)
}
