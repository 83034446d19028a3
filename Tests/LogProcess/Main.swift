// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import LogKeeping
import NativeCrypto
import Transparency

/// `append FOLDER POLICY`: opens the log, reads numbers from standard input, and writes `NUMBER INDEX` for each when its entry is
/// in the published log. Made to be killed at any moment.
///
/// `make FOLDER COUNT [FIRST]`: a log of so many entries with three witnesses of its own, for other people's verifiers.
@main
enum LogProcess {
    static func main() async throws {
        let arguments = CommandLine.arguments
        switch (arguments.dropFirst().first, arguments.count) {
        case ("append", 4): try await Appender.run(folder: arguments[2], policyPath: arguments[3])
        case ("make", 4), ("make", 5):
            guard let count = Int(arguments[3]), let first = arguments.count == 5 ? Int(arguments[4]) : 0 else {
                throw LogProcessFault.usage
            }
            try await WholeLog.make(in: arguments[2], numbers: first..<first + count)
        default: throw LogProcessFault.usage
        }
    }
}
