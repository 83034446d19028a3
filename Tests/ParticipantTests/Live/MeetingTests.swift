// SPDX-License-Identifier: Apache-2.0

import Base
import Membership
import SFrame
import Testing
import Transport

@testable import Participant

@Suite("Members at a node", .timeLimit(.minutes(10)))
struct MeetingTests {
    @Test("two members hear and see each other, in VP8 and VP9, and talk")
    func twoMembers() async throws {
        try await LiveNode.run { node in
            let (ana, link) = try await node.host("Ana")
            let ben = try await node.guestInside("Ben", link)
            var camera = SyntheticTrack.camera
            try await ana.publish([.voice, camera])
            camera.codec = .vp9
            try await ben.publish([.voice, camera])
            for (viewer, publisher) in [(ana, ben), (ben, ana)] {
                let voice = try await publisher.track(.microphone)
                let picture = try await publisher.track(.camera)
                let media = try await viewer.waitForMedia {
                    $0.opened(voice) >= 50 && $0.opened(picture) >= 20
                }
                #expect(media.refusedFrames == 0)
                #expect(media.sealed[.microphone, default: 0] > 0)
            }
            let said = await ana.say("hello")
            try await ben.wait { !$0.view.chat.isEmpty }
            let line = try #require(await ben.view.chat.first)
            #expect(line.text == Array("hello".utf8))
            #expect(line.from == (await ana.id))
            try await ana.wait { $0.view.sent.contains(said) }
            await ben.react("👍")
            try await ana.wait { $0.view.reactions.contains { $0.reaction == "👍" } }
            try await ana.wait { $0.view.person(named: "Ben")?.flags.contains(.camera) == true }
            let words = try #require(await ana.view.words)
            #expect(await ben.view.words == words)
            #expect(await ana.view.warnings.isEmpty)
            #expect(await ben.view.warnings.isEmpty)
        }
    }

    @Test("with another secret nobody gets in and nothing opens")
    func wrongLink() async throws {
        try await LiveNode.run { node in
            let (ana, link) = try await node.host("Ana")
            try await ana.publish([.voice])
            var bytes = link.bytes
            bytes[15] ^= 1
            let stranger = try await node.guest("Mallory", try #require(LinkSecret(bytes)))
            try await stranger.waitUntilOver()
            #expect(await stranger.view.phase == .over(.refused))
            #expect(await stranger.view.reason == "notFound")
            let media = await stranger.media()
            #expect(media.frames.isEmpty)
            #expect(media.packets.packets == 0)
            #expect(await ana.view.people.count <= 1)
        }
    }

    @Test("while epoch follows epoch no frame is missed for longer than a second")
    func epochsUnderLoad() async throws {
        try await LiveNode.run { node in
            let (ana, link) = try await node.host("Ana")
            try await ana.publish([.voice, .camera])
            let ben = try await node.guestInside("Ben", link)
            let tracks = [try await ana.track(.microphone), try await ana.track(.camera)]
            try await ben.waitForMedia { media in tracks.allSatisfy { media.opened($0) > 10 } }
            await ben.forgetGaps()
            let before = try #require(await ben.view.words?.epoch)
            for number in 0..<5 {
                let guest = try await node.guestInside("Guest \(number)", link)
                try await guest.waitForMedia { media in tracks.allSatisfy { media.opened($0) > 0 } }
                if number.isMultiple(of: 2) { await guest.leave() }
            }
            try await ben.wait { ($0.view.words?.epoch ?? 0) >= before + 5 }
            let media = try await ben.waitForMedia { media in
                tracks.allSatisfy { (media.frames[$0]?.epoch ?? 0) >= before + 5 }
            }
            for track in tracks {
                let frames = try #require(media.frames[track])
                #expect(frames.longestGap < .seconds(1))
                #expect(!frames.epochGaps.isEmpty)
                #expect(frames.refusedFrames == 0)
            }
        }
    }

    @Test("plain frames are refused and counted, however they come")
    func plainFrames() async throws {
        try await LiveNode.run { node in
            let (ana, link) = try await node.host("Ana")
            let ben = try await node.guestInside("Ben", link)
            try await ana.publish([.voice, .camera]) { _ in PlainFrames() }
            let tracks = [try await ana.track(.microphone), try await ana.track(.camera)]
            let media = try await ben.waitForMedia { media in
                tracks.allSatisfy { (media.frames[$0]?.refusedFrames ?? 0) > 10 }
            }
            for track in tracks { #expect(media.opened(track) == 0) }
            #expect(await ana.media().sealed.isEmpty)
        }
    }

    @Test("who lost the socket comes back to the same place, and what was said meanwhile is there")
    func resuming() async throws {
        try await LiveNode.run { node in
            let (ana, link) = try await node.host("Ana")
            let ben = try await node.guestInside("Ben", link)
            try await ana.publish([.voice])
            let voice = try await ana.track(.microphone)
            try await ben.waitForMedia { $0.opened(voice) > 0 }
            let id = await ben.id
            await ben.loseSignalling()
            try await ana.wait { participant in id.flatMap { participant.view.people[$0]?.connected } == false }
            await ana.say("while you were away")
            try await ben.resume()
            try await ben.wait { !$0.view.chat.isEmpty }
            #expect(await ben.id == id)
            #expect(await ben.entries == 1)
            let opened = await ben.media().opened(voice)
            try await ben.waitForMedia { $0.opened(voice) > opened + 10 }
        }
    }

    @Test("behind the lobby's door one waits until a host admits; a removed one is out and its link is old")
    func lobbyAndRemoval() async throws {
        try await LiveNode.run { node in
            let (ana, link) = try await node.host("Ana")
            await ana.setLobby(true)
            try await ana.wait { $0.view.policy?.lobby == true }
            let ben = try await node.guest("Ben", link)
            try await ana.wait { $0.view.knocks.values.contains("Ben") }
            let knocking = try #require(await ana.view.knocks.first?.key)
            await ana.admit(knocking)
            try await ben.waitUntilInside()
            #expect(await ben.id == knocking)
            await ana.remove(knocking)
            try await ben.waitUntilOver()
            #expect(await ben.view.phase == .over(.removed))
            #expect(await ben.view.endedBy == (await ana.id))
            try await ana.wait { $0.link.map { $0 == link } == false }
        }
    }
}

/// Frames as the encoder made them: what no participant sends.
private final class PlainFrames: FrameSealer {
    func seal(_ frame: [UInt8], clear: Int, as source: TrackSource) throws(FrameRefusal) -> [UInt8] { frame }
}
