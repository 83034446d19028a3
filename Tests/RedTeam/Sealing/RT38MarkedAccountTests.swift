// SPDX-License-Identifier: Apache-2.0

import Accounts
import Base
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import TestSupport
import Testing
import Transparency

/// Accounts were marked as "high risk" without their knowing. An account's texts have no room for a mark, and are the person's to sign.
@Suite("RT-38: an account is marked")
struct RT38MarkedAccountTests {
    @Test(
        "a certificate or an account's file with one line more is none",
        arguments: ["flag high-risk", "note x", "wrapping x"]
    )
    func oneLineMore(_ line: String) throws {
        let vault = try Vault()
        let certificate = try AccountCertificate(
            of: vault.secret,
            genesis: vault.council.genesis,
            now: vault.council.time(),
            with: NativeCrypto.self
        )
        var randomness = vault.randomness
        let file = try AccountFile(
            certificate,
            vault.secret,
            under: .paper(PaperCode(using: &randomness)),
            salt: randomness.bytes(32),
            with: NativeCrypto.self
        )
        for (text, isFile) in [(certificate.text, false), (file.text, true)] {
            let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
            for place in 0...lines.count {
                var marked = lines
                marked.insert(line, at: place)
                let bytes = Array((marked.joined(separator: "\n") + "\n").utf8)
                #expect(throws: AccountRefusal.self) {
                    if isFile {
                        _ = try AccountFile(parsing: bytes, with: NativeCrypto.self)
                    } else {
                        _ = try AccountCertificate(parsing: bytes, with: NativeCrypto.self)
                    }
                }
            }
        }
    }
}
