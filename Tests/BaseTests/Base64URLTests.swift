// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@Suite("base64url")
struct Base64URLTests {
    @Test(
        "RFC 4648 §10 both ways",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func vectors(plain: String, text: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == text)
        #expect(Base64URL.decode(text) == Array(plain.utf8))
    }

    @Test("the two last characters of the alphabet are those of URLs")
    func alphabet() {
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
        #expect(Base64URL.decode("-_8") == [0xFB, 0xFF])
    }

    @Test(
        "another spelling of the same bytes is refused",
        arguments: ["Zg==", "Zh", "Zm9=", "+/8", "Z", "Zm9vY", "é", " Zg"]
    )
    func refused(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
