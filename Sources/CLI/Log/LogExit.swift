// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LogKeeping

/// How commands end that read and judge something (``LogCommand``).
enum LogExit {
    static let faults = ExitCode(1)
    static let unreadable = ExitCode(2)

    /// Says why nothing could be checked.
    static func unreadable(_ reason: some CustomStringConvertible) -> ExitCode {
        FileHandle.standardError.write(Data("vigil: \(reason)\n".utf8))
        return unreadable
    }
}
