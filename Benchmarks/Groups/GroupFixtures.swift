// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The inputs of one group's measurements, for the browser to do the same with.
struct GroupFixtures: Codable {
    var members: Int
    var groupInfo = Data()
    var keyPackage = Data()
    var initKey = Data()
    var encryptionKey = Data()
    var signatureKey = Data()
    var welcome = Data()
    /// The member that follows, before any of the commits.
    var snapshot = Data()
    /// By what makes them.
    var commits: [String: Data] = [:]
    /// The native times, in microseconds.
    var native: [String: Double] = [:]
    var bytes: [String: Int] = [:]

    func write(into folder: URL) throws {
        try JSONEncoder().encode(self).write(to: folder.appendingPathComponent("\(members).json"))
    }
}
