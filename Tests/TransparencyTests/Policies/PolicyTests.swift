// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import Testing

@testable import Transparency

@Suite("Policies")
struct PolicyTests {
    private static func parse(_ text: String) throws(PolicyRefusal) -> TrustPolicy {
        try TrustPolicy(parsing: Array(text.utf8), with: NativeCrypto.self)
    }

    private static func witness(_ number: Int, _ name: String? = nil) throws -> String {
        "witness \(name ?? "w\(number)") \(try Keys.witness(number).key.text)\n"
    }

    @Test("the specification's example: two of three X and any of three Y")
    func example() throws {
        let keys = try (0..<6).map { try Keys.witness($0).key.text }
        let policy = try Self.parse(
            """
            # comment
            log \(try Keys.log().key.text) https://log.example/\t

              witness X1 \(keys[0])
            witness X2\t\(keys[1]) https://x2.example/
            witness X3 \(keys[2])
            group X-witnesses 2 X1 X2 X3

            witness Y1 \(keys[3])
            witness Y2 \(keys[4])
            witness Y3 \(keys[5])
            group Y-witnesses any Y1 Y2 Y3

            group X-and-Y all X-witnesses Y-witnesses
            quorum X-and-Y

            """
        )
        #expect(policy.logs.first?.url == Array("https://log.example/".utf8))
        for bits in 0..<64 {
            let cosigned = Set((0..<6).filter { bits >> $0 & 1 == 1 })
            let expected = cosigned.filter { $0 < 3 }.count >= 2 && cosigned.contains { $0 >= 3 }
            #expect(policy.isSatisfied(by: cosigned) == expected)
        }
    }

    @Test("what breaks a rule is refused by that rule, in that line")
    func refusals() throws {
        let log = "log \(try Keys.log().key.text)\n"
        let (a, b, c) = (try Self.witness(1), try Self.witness(2), try Self.witness(3))
        let sameKey = try Self.witness(1, "other")
        let mldsa = "example.com/foo+530d903a+BukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
        let cases: [(String, Int, PolicyRule)] = [
            ("", 0, .noQuorum), (log + a, 2, .noQuorum), (log + "quorum none", 2, .unterminatedLine),
            (log + "quorum none\nquorum none\n", 3, .secondQuorum),
            (log + a + "quorum w1\nquorum w1\n", 4, .secondQuorum),
            (log + "quorums none\n", 2, .unknownKeyword), ("Log x\n", 1, .unknownKeyword),
            (log + "quorum none\nthreshold 3\n", 3, .unknownKeyword),
            ("log\n", 1, .wrongItemCount), (log.replacing("\n", with: " a b\n"), 1, .wrongItemCount),
            ("witness w1\n", 1, .wrongItemCount), ("group g\n", 1, .wrongItemCount), ("quorum\n", 1, .wrongItemCount),
            (a + "quorum w1 w1\n", 2, .wrongItemCount), ("log nonsense\n", 1, .key(.malformed)),
            ("witness w \(mldsa)\n", 1, .key(.unsupportedType(6))),
            (log.replacing("log ", with: "witness w "), 1, .wrongKeyType),
            (a.replacing("witness w1", with: "log"), 1, .wrongKeyType), (log + log, 2, .duplicateLog),
            (a + sameKey, 2, .duplicateWitness),
            (a + b.replacing("witness w2 ", with: "witness w1 "), 2, .duplicateName),
            (a + b + "group w1 all w2\n", 3, .duplicateName), (a + "group g any w1\ngroup g any w1\n", 3, .memberTwice),
            ("witness none \(try Keys.witness(1).key.text)\n", 1, .reservedName),
            (a + "group none any w1\n", 2, .reservedName),
            (a + "group g any none\n", 2, .reservedName), ("quorum w1\n" + a, 1, .undefinedName),
            ("group g any w1\n" + a, 1, .undefinedName), (a + "group g any g\n", 2, .undefinedName),
            (a + "quorum W1\n", 2, .undefinedName), ("group g any\n", 1, .emptyGroup), ("group g 0\n", 1, .emptyGroup),
            (a + b + "group g 0 w1 w2\n", 3, .invalidThreshold), (a + b + "group g 3 w1 w2\n", 3, .invalidThreshold),
            (a + b + "group g -1 w1 w2\n", 3, .invalidThreshold), (a + b + "group g 01 w1 w2\n", 3, .invalidThreshold),
            (a + b + "group g ALL w1 w2\n", 3, .invalidThreshold),
            (a + b + "group g 18446744073709551617 w1 w2\n", 3, .invalidThreshold),
            (a + "group g any w1 w1\n", 2, .memberTwice),
            (a + b + c + "group g any w1 w2\ngroup h any w2 w3\n", 5, .memberTwice),
            ("quorum none\r\n", 1, .forbiddenOctet), ("# \u{7F}\n", 1, .forbiddenOctet), ("#\0\n", 1, .forbiddenOctet),
        ]
        for (text, line, rule) in cases {
            do {
                _ = try Self.parse(text)
                Issue.record("accepted: \(text)")
            } catch {
                #expect(error.line == line && error.rule == rule, "\(text): \(error)")
            }
        }
    }

    @Test("32 logs, witnesses and groups are the least that must fit; a thousand are refused")
    func limits() throws {
        func text(_ count: Int) throws -> String {
            var text = ""
            for number in 0..<count {
                text += try Self.witness(number)
                text += "log \(try Keys.log("example.com/\(number)", seed: 5_000 + UInt64(number)).key.text)\n"
                text += "group g\(number) any w\(number)\n"
            }
            return text + "quorum g0\n"
        }
        #expect(try Self.parse(text(32)).groups.count == 32)
        #expect(throws: PolicyRefusal.self) { try Self.parse(text(TrustPolicy.mostOfAKind + 1)) }
    }

    @Test("names are octets: a Kelvin sign is no K")
    func octets() throws {
        let text = try Self.witness(1, "K") + Self.witness(2, "\u{212A}") + "group g all K \u{212A}\nquorum g\n"
        #expect(try Self.parse(text).isSatisfied(by: [0, 1]))
        #expect(try !Self.parse(text).isSatisfied(by: [0]))
    }

    @Test("the quorum's time is the latest that enough witnesses vouch for")
    func quorumTime() throws {
        let policy = try Keys.policy(2, of: 3)
        let cosignatures = try [(0, 100), (1, 9_999_999), (2, 200)].map {
            WitnessCosignature(witness: $0.0, time: try Keys.time(UInt64($0.1)))
        }
        #expect(policy.quorumTime(cosignatures)?.seconds == 200)
        #expect(policy.quorumTime(Array(cosignatures.prefix(1))) == nil)
        #expect(try Keys.policy().quorumTime(cosignatures) == nil)
    }
}
