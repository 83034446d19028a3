// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("Bundles that give a permit")
struct PermitTests {
    @Test("a lawful order of each kind", arguments: [Action.disclose, .discloseEmergency, .eject, .suspend])
    func lawful(_ action: Action) throws {
        let story = try Story.complete(action)
        let permit = try story.verify()
        #expect(permit.action == action && permit.order == story.orderHash)
        let file = try #require(story.bundle().encoded)
        let read = try OrderBundle(parsing: file)
        #expect(read.encoded == file)
        #expect(try story.verify(read) == permit)
    }
}
