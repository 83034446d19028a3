// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A file that a person names on the command line.
enum FileText {
    /// - Throws: ``LogExit`` if it can't be read or is longer than what it should be can be.
    static func read(_ path: String, longest: Int) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path), let data = try handle.read(upToCount: longest + 1) else {
            throw LogExit.unreadable("\(path) can't be read")
        }
        guard data.count <= longest else { throw LogExit.unreadable("\(path) is longer than it can be") }
        return Array(data)
    }
}
