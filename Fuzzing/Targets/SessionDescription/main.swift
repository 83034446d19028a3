// SPDX-License-Identifier: Apache-2.0

import Driver
import Transport

fuzz { input in
    let text = String(decoding: input, as: UTF8.self)
    guard let description = try? SessionDescription.parse(text) else { return }
    for section in description.media { _ = section.codecs }
    // What we write is ours, so it must be readable, and reading it changes nothing more.
    guard let again = try? SessionDescription.parse(description.text) else { preconditionFailure("unreadable") }
    precondition((try? SessionDescription.parse(again.text)) == again, "what was written reads differently")
}
