// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the counter that `./bench` preloads has counted so far in this very process.
final class AllocationCounter: Sendable {
    private let file: Int32

    /// `nil` when the counter isn't there.
    init?() {
        guard let path = ProcessInfo.processInfo.environment["VIGIL_MALLOC_COUNT"] else { return nil }
        file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
    }

    deinit { close(file) }

    var count: Int {
        var value: UInt64 = 0
        guard pread(file, &value, 8, 0) == 8 else { return 0 }
        return Int(value)
    }
}
