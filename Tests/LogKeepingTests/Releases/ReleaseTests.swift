// SPDX-License-Identifier: Apache-2.0

import Foundation
import LogKeeping
import Testing
import Transparency

@Suite("Releases")
struct ReleaseTests {
    private let files = ["m.html": Array("meeting".utf8), "app/main.js": Array("run()".utf8), "a.js": []]

    @Test("a client's list of files is what sha256sum writes, in one order, and is read back")
    func manifest() throws {
        let manifest = ClientManifest(files)
        let text = String(decoding: manifest.encoded, as: UTF8.self)
        #expect(text.hasPrefix("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.js\n"))
        #expect(manifest.files.map(\.path) == ["a.js", "app/main.js", "m.html"])
        #expect(ClientManifest(parsing: manifest.encoded) == manifest)
    }

    @Test("lists that lead elsewhere, or have another order, are refused")
    func refusedManifests() {
        let hash = String(repeating: "a", count: 64)
        for text in [
            "", "\(hash)  ../key\n", "\(hash)  /etc/passwd\n", "\(hash)  a//b\n", "\(hash)  .git\n", "\(hash)  a?b\n",
            "\(hash)  a%2fb\n", "\(hash) a\n", "\(hash)  b\n\(hash)  a\n", "\(hash)  a\n\(hash)  a\n", "\(hash)  a",
            "\(hash.uppercased())  a\n", "\(hash)  http:x\n", "\n",
        ] {
            #expect(ClientManifest(parsing: Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test("what is submitted but not acknowledged is submitted again as it was; what is logged isn't")
    func notes() throws {
        let (early, late) = (try #require(EntryTime(seconds: 100)), try #require(EntryTime(seconds: 200)))
        let release = Release(.web, version: "1", artifact: String(repeating: "a", count: 64))
        let first = try #require(try ReleaseNote.next(release, after: nil, at: early))
        #expect(first.entry.time == early && Release(first.entry) == release)
        let kept = try #require(ReleaseNote(decoding: first.encoded))
        #expect(try ReleaseNote.next(release, after: kept, at: late) == first)
        let logged = try #require(ReleaseNote(decoding: ReleaseNote(first.entry, isLogged: true).encoded))
        #expect(try ReleaseNote.next(release, after: logged, at: late) == nil)
        let other = Release(.web, version: "1", artifact: String(repeating: "b", count: 64))
        #expect(try ReleaseNote.next(other, after: logged, at: late)?.entry.time == late)
        #expect(ReleaseNote(decoding: Array("logged\n".utf8)) == nil && ReleaseNote(decoding: []) == nil)
    }
}
