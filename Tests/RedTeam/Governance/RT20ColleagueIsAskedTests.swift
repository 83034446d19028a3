// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// "Shared or directed the sharing": a colleague with access is asked nicely. A custodian's client asks for a bundle, and a bundle is for one
/// record, one recipient, one time.
@Suite("RT-20: a colleague is asked to share")
struct RT20ColleagueIsAskedTests {
    @Test(
        "with another record, recipient, subject or field than was approved",
        arguments: ["record", "recipient-key", "subject", "field"]
    )
    func retargeted(_ key: String) throws {
        let story = try Story.complete(.disclose)
        var bundle = try story.bundle()
        var text = OrderText(bundle.order)
        switch key {
        case "field": text.insert("field", "z-all", after: "field")
        default: text[key] = Story.hash("another").text
        }
        bundle.order = text.bytes
        #expect(try refusal(of: story, bundle) == .approval(.otherOrder(try Council.name("alice"))))
    }

    @Test("with an order that was edited after it was approved, in any line")
    func edited() throws {
        let story = try Story.complete(.disclose)
        let lines = OrderText(try story.bundle().order).lines
        for (number, line) in lines.enumerated() {
            for (place, character) in line.value.enumerated() {
                guard let digit = character.hexDigitValue, place == line.value.count - 1 else { continue }
                var bundle = try story.bundle()
                var text = OrderText(bundle.order)
                text.lines[number].value = String(line.value.dropLast()) + String((digit + 1) % 10)
                bundle.order = text.bytes
                let found = try refusal(of: story, bundle)
                #expect(found != nil, "\(line.key)")
            }
        }
    }

    @Test("with a bundle that was used already")
    func replayed() throws {
        let story = try Story.complete(.disclose)
        _ = try story.verify()
        try story.log(.executed, [(.order, story.orderHash.text)])
        #expect(try refusal(of: story) == .executedAlready)
    }

    @Test("with another deployment's bundle")
    func elsewhere() throws {
        let story = try Story.complete(.disclose)
        let here = try Council(edit: { $0.replacing("deployment meet.example", with: "deployment other.example") })
        #expect(throws: PermitRefusal.chain(.otherGenesis)) {
            try story.bundle().verify(
                stops: [],
                genesis: here.genesis,
                checkpoint: SignedCheckpoint(parsing: story.council.log.checkpoint(at: story.council.now)),
                now: #require(CosignatureTime(seconds: story.council.now)),
                with: NativeCrypto.self
            )
        }
    }
}
