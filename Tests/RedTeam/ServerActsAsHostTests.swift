// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto
import Testing

@testable import MLS
@testable import Membership

/// What only hosts do, done without one: by the server's bare word, or by messages of people who aren't host.
@Suite("The server acts as host")
struct ServerActsAsHostTests {
    @Test("removes: by its word alone the victim says that it was cut off, not that it was removed")
    func removes() throws {
        let trial = try Trial()
        trial.expectPeace()
        let victim = trial.guests[1]
        trial.node.deliver(.removed, to: victim.id)
        trial.stage.run(for: .milliseconds(1))
        #expect(victim.ending?.ending == .interrupted && victim.ending?.reason == "removed")
        // A host's removal says who.
        let other = trial.guests[0]
        trial.stage.ask(trial.host, .remove(other.id))
        #expect(other.ending?.ending == .removed && other.ending?.by == trial.host.id)
    }

    @Test("ends: by its word alone everybody says that they were cut off")
    func ends() throws {
        let trial = try Trial()
        for member in trial.everybody { trial.node.deliver(.ended, to: member.id) }
        trial.stage.run(for: .milliseconds(1))
        for member in trial.everybody {
            #expect(member.ending?.ending == .interrupted && member.ending?.reason == "ended")
        }
        let real = try Trial(seed: 2)
        real.stage.ask(real.host, .end)
        for guest in real.guests { #expect(guest.ending?.ending == .ended && guest.ending?.by == real.host.id) }
    }

    @Test("ends while somebody is leaving: the host's word is heard all the same")
    func endsWhileSomebodyLeaves() throws {
        let trial = try Trial()
        trial.stage.give(.leave, to: trial.guests[1])
        trial.stage.run(for: .milliseconds(1))
        trial.stage.ask(trial.host, .end)
        #expect(trial.guests[0].ending?.ending == .ended && trial.guests[0].ending?.by == trial.host.id)
    }

    @Test("mutes, lowers hands, ends with a guest's signature: nothing happens, and everybody sees who tried")
    func guestActs() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let victim = trial.guests[0]
        trial.stage.ask(victim, .state([.microphone, .hand]))
        trial.expectPeace()
        let insider = try Insider(trial.guests[1], trial)
        trial.stage.kill(trial.guests[1])
        let acts = [
            HostAct(.mute, victim.id), HostAct(.muteAll), HostAct(.lowerHand, victim.id), HostAct(.end),
            HostAct(.mute, trial.host.id),
        ]
        for act in acts {
            let before = [trial.host, victim].map { $0.warnings.count { $0.kind == .falseHostAct } }
            try insider.say(.hostAct(act), trial)
            trial.stage.run(for: .milliseconds(10))
            let after = [trial.host, victim].map { $0.warnings.count { $0.kind == .falseHostAct } }
            #expect(after == before.map { $0 + 1 })
        }
        for member in [trial.host, victim] {
            #expect(member.isWarned(.falseHostAct, about: insider.id))
            #expect(member.people[victim.id]?.flags == [.microphone, .hand])
            #expect(member.people[victim.id]?.isMuted == false)
            #expect(member.ending == nil)
        }
        trial.expectTalking([trial.host, victim])
    }

    @Test("mutes with the signature of a former co-host, or one made while they were co-host and kept until now")
    func formerCohost() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let (victim, mallory) = (trial.guests[0], trial.guests[1])
        trial.stage.ask(victim, .state([.microphone]))
        trial.stage.ask(trial.host, .cohost(mallory.id, true))
        #expect(victim.people[mallory.id]?.role == .cohost)
        let insider = try Insider(mallory, trial)
        trial.stage.kill(mallory)
        // In the epoch in which it would have been right.
        let kept = try insider.encrypt(.hostAct(HostAct(.mute, victim.id)), trial)
        trial.stage.ask(trial.host, .cohost(mallory.id, false))
        trial.node.broadcast(except: insider.id) { .message(sequence: $0, from: insider.id, message: kept) }
        trial.stage.run(for: .milliseconds(10))
        #expect(victim.isWarned(.falseHostAct, about: mallory.id, detail: "mute"))
        try insider.follow(trial)
        try insider.say(.hostAct(HostAct(.mute, victim.id)), trial)
        trial.stage.run(for: .milliseconds(10))
        #expect(victim.people[victim.id]?.flags == [.microphone])
        #expect(!victim.events.contains { if case .mutedBy = $0 { true } else { false } })
    }

    @Test("a co-host's powers end at the host: muting or removing them is refused")
    func cohostAgainstHost() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let mallory = trial.guests[1]
        trial.stage.ask(trial.host, .cohost(mallory.id, true))
        var policy = try #require(trial.host.policy)
        policy.linkGeneration += 1
        let extensions = try trial.keys(of: mallory).context.extensions.with(policy.asExtension)
        let made = try trial.commit(
            by: mallory,
            [.remove(try trial.keys(of: trial.host).leaf), .groupContextExtensions(extensions)]
        )
        #expect(trial.plainClientFollows(made.commit, inPlaceOf: trial.guests[0]))
        try trial.expectRefusal(of: made.commit, because: "removeNotAllowed", from: mallory, naming: mallory.id)
    }

    @Test(
        "locks, opens, promotes, rotates the link, forgets the card with a guest's signature",
        arguments: ["lock", "lobby", "cohost", "history", "absence", "link", "senders", "none"]
    )
    func guestChangesPolicy(_ what: String) throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let mallory = trial.guests[1]
        let group = try trial.keys(of: mallory)
        var policy = try #require(trial.host.policy)
        var rule = "policyNotByKeeper"
        var extensions = group.context.extensions
        switch what {
        case "lock": policy.locked = true
        case "lobby": policy.lobby = true
        case "cohost": policy.cohosts = [mallory.id]
        case "history": policy.history = .nothing
        case "absence": policy.absence = .membersAdmit
        case "link": policy.linkGeneration += 1
        case "senders":
            let sender = ExternalSender(
                signatureKey: try trial.stranger().keyPackage.leafNode.signatureKey,
                credential: MeetingRules<NativeCrypto>.nodeCredential
            )
            extensions = extensions.with(ExternalSenders([sender]).asExtension)
            rule = "extensionsChanged"
        default:
            extensions = try Extensions(extensions.all.filter { $0.type != MeetingPolicy.extensionType })
            rule = "policyMissing"
        }
        if what != "none" { extensions = extensions.with(policy.asExtension) }
        let made = try trial.commit(by: mallory, [.groupContextExtensions(extensions)])
        #expect(trial.plainClientFollows(made.commit, inPlaceOf: trial.host))
        try trial.expectRefusal(of: made.commit, because: rule, from: mallory, naming: mallory.id)
    }

    @Test("removes with a guest's signature, and changes the policy with it or not", arguments: [false, true])
    func guestRemoves(withLink: Bool) throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let mallory = trial.guests[1]
        var proposals: [Proposal] = [.remove(try trial.keys(of: trial.guests[0]).leaf)]
        if withLink {
            var policy = try #require(trial.host.policy)
            policy.linkGeneration += 1
            let extensions = try trial.keys(of: mallory).context.extensions.with(policy.asExtension)
            proposals.append(.groupContextExtensions(extensions))
        }
        let made = try trial.commit(by: mallory, proposals)
        #expect(trial.plainClientFollows(made.commit, inPlaceOf: trial.host))
        try trial.expectRefusal(
            of: made.commit,
            because: withLink ? "policyNotByKeeper" : "removeNotAllowed",
            from: mallory,
            naming: mallory.id
        )
    }

    @Test(
        "removes, locks or changes the policy by proposals: nobody takes them up",
        arguments: ["remove", "policy", "update"]
    )
    func guestProposes(_ what: String) throws {
        let trial = try Trial(["Kofi", "Mallory"])
        trial.expectPeace()
        let mallory = trial.guests[1]
        var group = try trial.keys(of: mallory)
        let message: MLSMessage
        switch what {
        case "remove":
            message = try group.propose(
                .remove(try trial.keys(of: trial.guests[0]).leaf),
                rules: OpenRules(),
                using: &trial.randomness
            )
        case "update": message = try group.proposeUpdate(rules: OpenRules(), using: &trial.randomness)
        default:
            var policy = try #require(trial.host.policy)
            policy.cohosts = [mallory.id]
            message = try group.propose(
                .groupContextExtensions(group.context.extensions.with(policy.asExtension)),
                rules: OpenRules(),
                using: &trial.randomness
            )
        }
        trial.node.broadcast(except: mallory.id) { .proposal(sequence: $0, proposal: message.encoded) }
        trial.stage.run(for: .milliseconds(10))
        for member in [trial.host, trial.guests[0]] {
            #expect(member.isWarned(.refusedProposal, about: mallory.id, detail: what))
        }
        // Speaking and committing go on.
        trial.expectTalking()
        trial.stage.ask(trial.host, .lobby(true))
        for member in trial.everybody { #expect(member.policy?.lobby == true && member.people.count == 3) }
    }

    @Test("is host by another card's proof, or by the proof of somebody else's leaf")
    func foreignProof() throws {
        let trial = try Trial()
        let other = try Trial(seed: 2)
        let hosting = try #require(other.host.identity.hosting)
        let stranger = try trial.stranger()
        let policy = try #require(trial.host.policy)
        let foreign = try HostProof(
            signatureKey: stranger.keyPackage.leafNode.signatureKey,
            cardHash: policy.cardHash,
            hostPrivateKey: hosting.hostPrivateKey,
            with: NativeCrypto.self
        )
        let hostLeaf = try #require(try trial.keys(of: trial.host).leafNode)
        let borrowed = try #require(HostProof(hostLeaf))
        trial.stage.ask(trial.host, .lock(true))
        for proof in [foreign, borrowed] {
            let outsider = try trial.stranger(proof: proof)
            let join = try trial.externalCommit(
                outsider,
                sources: [MeetingPolicy.linkKeySource(generation: 1)],
                preSharedKeys: trial.linkKeys
            )
            #expect(trial.plainClientFollows(join.commit, inPlaceOf: trial.host))
            let epoch = trial.host.newestEpoch
            try trial.pass(join.commit)
            trial.stage.run(for: .milliseconds(10))
            for member in trial.everybody {
                #expect(member.isWarned(.refusedCommit, about: trial.id(of: outsider), detail: "locked"))
                #expect(member.newestEpoch == epoch)
            }
        }
    }
}
