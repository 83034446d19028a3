// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The inputs of one group's measurements, for the browser to do the same with.
struct GroupFixtures: Codable {
    var members: Int
    /// With tree and `external_pub`.
    var groupInfo = Data()
    /// The member that makes commits and the one that follows, as snapshots.
    var author = Data()
    var observer = Data()
    /// The leaf that is removed.
    var victim: UInt32?
    /// The native times by operation, in microseconds.
    var native: [String: Double] = [:]

    func write(into folder: URL) throws {
        try JSONEncoder().encode(self).write(to: folder.appendingPathComponent("\(members).json"))
    }
}
