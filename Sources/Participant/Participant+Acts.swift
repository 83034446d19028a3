// SPDX-License-Identifier: Apache-2.0

public import Base
public import Membership

extension Participant {
    /// A wish of the person, any.
    public func act(_ input: MemberInput) { handle(input) }

    /// Says something to all, or to one. Returns the id with which it comes back as sent.
    @discardableResult
    public func say(_ text: String, to: ParticipantID? = nil) -> [UInt8] {
        let id = Array(Base64URL.encode(randomness.bytes(9)).utf8)
        handle(.say(id: id, text: Array(text.utf8), to: to))
        return id
    }

    public func react(_ reaction: String) { handle(.react(Array(reaction.utf8))) }
    public func rename(_ name: String) { handle(.rename(Array(name.utf8))) }
    public func setFlags(_ flags: PersonFlags) { handle(.state(flags)) }
    public func compare() { handle(.compare) }

    // Of hosts and co-hosts.
    public func admit(_ participant: ParticipantID) { handle(.admit(participant)) }
    public func admitAll() { handle(.admitAll) }
    public func deny(_ participant: ParticipantID) { handle(.deny(participant)) }
    public func remove(_ participant: ParticipantID) { handle(.remove(participant)) }
    public func mute(_ participant: ParticipantID) { handle(.mute(participant)) }
    public func muteAll() { handle(.muteAll) }
    public func setLock(_ locked: Bool) { handle(.lock(locked)) }
    public func setLobby(_ enabled: Bool) { handle(.lobby(enabled)) }
    public func setCohost(_ participant: ParticipantID, _ isCohost: Bool) { handle(.cohost(participant, isCohost)) }
    public func resetLink() { handle(.resetLink) }
    public func endMeeting() { handle(.end) }

    /// Leaves with a goodbye.
    public func leave() async {
        handle(.leave)
        await end()
    }

    /// Is gone without a goodbye, as a machine that lost its power.
    public func vanish() async { await end() }
}
