// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite("`vigil custodian` and `vigil unseal`")
struct UnsealCommandTests {
    private let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/sealing").path

    private func file(_ name: String) -> String { fixtures + "/" + name }

    private func known() throws -> (genesis: String, salt: String) {
        let items = try Fixtures.text("sealing/genesis-and-salt.txt").split { $0 == " " || $0 == "\n" }.map(String.init)
        return (items[0], items[1])
    }

    private func open(_ releases: [String], salt: String? = nil, into folder: TemporaryFolder) async throws
        -> Vigil.Outcome
    {
        let known = try known()
        return try await Vigil.run(
            ["unseal", "open", file("record.txt")] + releases + [
                "--bundle", file("disclose.bundle"), "--checkpoint", file("disclose.checkpoint"),
                "--genesis", known.genesis, "--salt", salt ?? known.salt, "--key", file("recipient.key"),
                "--output", folder.path,
            ]
        )
    }

    @Test("three releases open the ordered fields into files, and nothing of them is shown")
    func opened() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await open(["cleo", "dora", "gus"].map { file($0 + ".release") }, into: folder)
        #expect(outcome.status == 0, "\(outcome.text)")
        #expect(outcome.text.contains("OPENED    \(folder.path)/contact"))
        #expect(!outcome.text.contains("example.net"))
        #expect(try folder.text("contact") == "ada@example.net")
        #expect(try folder.text("postal") == "1 Example Street")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/phone"))
    }

    @Test("two, or two and a spoiled one that is named, or another person's salt open nothing")
    func refused() async throws {
        let folder = try TemporaryFolder()
        let two = ["cleo", "dora"].map { file($0 + ".release") }
        let few = try await open(two, into: folder)
        #expect(few.status == 1 && few.text.contains("REFUSED   tooFew(2)"), "\(few.text)")
        let text = try Fixtures.text("sealing/gus.release").replacing("place 5", with: "place 4")
        try folder.write(text, to: "spoiled")
        let spoiled = try await open(two + [folder.path + "/spoiled"], into: folder)
        #expect(spoiled.status == 1 && spoiled.text.contains("LEFT OUT"), "\(spoiled.text)")
        let salt = String(try known().salt.reversed())
        let other = try await open(two + [file("gus.release")], salt: salt, into: folder)
        #expect(other.status == 1 && other.text.contains("REFUSED   otherSubject"), "\(other.text)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/contact"))
    }

    @Test("a custodian sees whether the shares are sound, and releases nothing by an order that is stale by now")
    func custodian() async throws {
        let folder = try TemporaryFolder()
        let known = try known()
        let files = [file("record.txt"), file("dora.shares"), "--state", file("dora"), "--genesis", known.genesis]
        let show = try await Vigil.run(["custodian", "show"] + files)
        #expect(show.status == 0 && show.text.contains("SOUND     place 2, dora"), "\(show.text)")
        var others = files
        others[1] = file("cleo.shares")
        let other = try await Vigil.run(["custodian", "show"] + others)
        #expect(other.status == 1 && other.text.contains("otherKey"), "\(other.text)")
        let release = try await Vigil.run(
            ["custodian", "release"] + files + [
                "--bundle", file("disclose.bundle"), "--checkpoint", file("disclose.checkpoint"), "--salt", known.salt,
                "--output", folder.path + "/out",
            ]
        )
        #expect(release.status == 1 && release.text.contains("REFUSED   staleCheckpoint"), "\(release.text)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
    }

    @Test("a recipient's key is made for one order and kept from others")
    func key() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Vigil.run(["unseal", "key", folder.path + "/key"])
        #expect(outcome.status == 0 && outcome.text.hasPrefix("recipient-key "))
        #expect(try folder.text("key").utf8.count == 65)
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/key")[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
