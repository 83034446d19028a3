// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import MLS

@Suite("MLS, signed but malformed")
struct RefusalTests {
    static let all =
        MustRefuse.framing + MustRefuse.lists + MustRefuse.keyPackages + MustRefuse.paths + MustRefuse.outside
        + MustRefuse.joining + MustRefuse.corners

    @Test("every receiver refuses it with its own reason, and goes on as before", arguments: all)
    func refused(_ input: MustRefuse) throws {
        var scene = Scene.three
        let before = scene.members[1].context
        #expect(throws: input.refusal, "\(input.description)") { try input.attempt(&scene) }
        #expect(Scene.three.members[1].context == before)
        // Nothing happened that keeps an honest commit from being followed. Some inputs change the scene first.
        guard scene.members.count > 1, scene.members[0].status == .active, scene.members[1].status == .active,
            scene.members[0].context == scene.members[1].context
        else { return }
        for index in scene.members.indices { scene.members[index].discardProposals() }
        scene.rules = TestRules()
        let made = try scene.members[0].commit(rules: scene.rules, using: &scene.randomness)
        guard case .commit(let staged) = try scene.deliver(made.commit) else {
            Issue.record("an honest commit is no commit any more")
            return
        }
        try scene.members[1].adopt(staged)
        try scene.members[0].adopt(made.staged)
        #expect(scene.members[0].context == scene.members[1].context)
    }

    @Test("there are at least eighty of them, no two alike")
    func count() {
        #expect(RefusalTests.all.count >= 80)
        #expect(Set(RefusalTests.all.map { $0.description }).count == RefusalTests.all.count)
        print("signed but malformed: \(RefusalTests.all.count) inputs")
    }
}
