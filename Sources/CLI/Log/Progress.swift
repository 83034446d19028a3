// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A line on the terminal that says how far a long read is; nothing where nobody watches.
struct Progress {
    private let isShown = isatty(2) == 1
    private var last = ""

    mutating func show(_ text: @autoclosure () -> String) {
        guard isShown else { return }
        let text = text()
        guard text != last else { return }
        last = text
        // Back to the line's beginning, and what was longer before is wiped out.
        FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
    }

    func clear() {
        if isShown, !last.isEmpty { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }
}
