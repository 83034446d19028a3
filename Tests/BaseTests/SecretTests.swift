// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@Suite("Secrets and people can't be printed")
struct SecretTests {
    @Test("a secret has no printable form, by any route")
    func secretIsSilent() {
        let secret = Secret(Array("hunter2!".utf8))
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped] { #expect(!text.contains("hunter2")) }
        #expect(!dumped.contains("104"))
    }

    @Test("a redacted value has no printable form, by any route")
    func redactedIsSilent() {
        let name = Redacted("Ana")
        var dumped = ""
        dump(name, to: &dumped)
        for text in ["\(name)", String(reflecting: name), dumped] { #expect(!text.contains("Ana")) }
    }

    @Test("secrets compare by their bytes")
    func equality() {
        #expect(Secret.equal(Secret([1, 2, 3]), Secret([1, 2, 3])))
        #expect(!Secret.equal(Secret([1, 2, 3]), Secret([1, 2, 4])))
        #expect(!Secret.equal(Secret([1, 2, 3]), Secret([1, 2])))
    }
}
