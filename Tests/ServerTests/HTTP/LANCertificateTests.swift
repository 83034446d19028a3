// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Server

@Suite("The certificate of --lan")
struct LANCertificateTests {
    @Test("it is kept while it fits, and made again for a new address or near its end")
    func kept() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("data-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func load(_ addresses: [String], after days: Double = 0) throws -> Data {
            let certificate = try LANCertificate.loadOrMake(
                folder: folder,
                names: ["localhost"],
                addresses: addresses,
                now: Date() + days * 86_400
            )
            return try Data(contentsOf: URL(fileURLWithPath: certificate.certificatePath))
        }
        let first = try load(["127.0.0.1", "192.0.2.7", "2001:db8::7"])
        #expect(try load(["192.0.2.7", "2001:db8::7"]) == first)
        let second = try load(["192.0.2.8"])
        #expect(second != first)
        #expect(try load(["192.0.2.8"], after: 380) == second)
        #expect(try load(["192.0.2.8"], after: 392) != second)
    }

    @Test("nobody else can read the key")
    func permissions() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("data-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let certificate = try LANCertificate.loadOrMake(
            folder: folder,
            names: ["localhost"],
            addresses: [],
            now: Date()
        )
        let attributes = try FileManager.default.attributesOfItem(atPath: certificate.keyPath)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
}
