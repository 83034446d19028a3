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
///
/// `tell FOLDER`: a log of the entries on standard input, with three witnesses of its own.
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
        case ("tell", 3):
            let text = String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
            try await ToldLog.make(in: arguments[2], entries: text)
        default: throw LogProcessFault.usage
        }
    }
}
