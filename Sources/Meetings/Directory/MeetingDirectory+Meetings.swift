// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import Membership

/// Finding, founding and forgetting meetings.
extension MeetingDirectory {
    mutating func join(_ connection: ConnectionID, _ request: JoinRequest, now: Moment) {
        guard !isDraining else { return refuse(connection, .draining, because: .processEnding) }
        guard let newcomer = Newcomer<Crypto>(request.keyPackage) else {
            return refuse(connection, .keyPackage, because: .ownAct)
        }
        if let meeting = aliases[request.meeting] {
            connections[connection]?.place = .meeting(meeting)
            return pass(.join(connection, request, newcomer), to: meeting, now: now)
        }
        guard request.create else {
            guard let past = ended.meeting(request.meeting, now: now) else {
                return refuse(connection, .notFound, because: .ownAct)
            }
            return refuse(connection, .ended, because: .host(past.act))
        }
        guard meetings.count < configuration.limits.meetings else {
            return refuse(connection, .busy, because: .limit(.meetings))
        }
        guard let nodeKey = try? NodeKey<Crypto>(using: &randomness) else {
            return refuse(connection, .busy, because: .limit(.meetings))
        }
        let founder = Place<Crypto>.Founder(request: request, newcomer: newcomer, nodeKey: nodeKey)
        let until = now + configuration.limits.doorTimeout
        connections[connection]?.place = .founding(founder, until: until)
        wake(by: until)
        actions.append(.send(.vacant(newcomer.participant, key: nodeKey.pair.publicKey), to: [connection]))
    }

    mutating func found(
        _ connection: ConnectionID,
        _ request: FoundRequest,
        _ founder: Place<Crypto>.Founder,
        now: Moment
    ) {
        let alias = founder.request.meeting
        // Somebody was faster: there is a door now.
        if let meeting = aliases[alias] {
            connections[connection]?.place = .meeting(meeting)
            return pass(.join(connection, founder.request, founder.newcomer), to: meeting, now: now)
        }
        guard meetings.count < configuration.limits.meetings else {
            return refuse(connection, .busy, because: .limit(.meetings))
        }
        do throws(FoundingFault) {
            let founding = try Founding(
                request,
                by: founder.newcomer,
                at: alias,
                nodeKey: founder.nodeKey,
                limits: configuration.limits
            )
            if let past = ended.meeting(alias, now: now), past.hostKey != founding.epoch.policy.hostKey {
                return refuse(connection, .ended, because: .host(past.act))
            }
            meetings[alias] = Meeting(founding, id: alias, configuration: configuration, now: now)
            aliases[alias] = alias
            connections[connection]?.place = .meeting(alias)
            pass(.founded(connection), to: alias, now: now)
        } catch {
            actions.append(.send(.error(.found, request: nil, detail: error.rule), to: [connection]))
            guard connections[connection]?.rates.bearOffence(now: now) == true else {
                return losePatience(connection, now: now)
            }
        }
    }

    mutating func pass(_ input: MeetingInput<Crypto>, to id: MeetingID, now: Moment) {
        if let taken = takenAlias(input, of: id) {
            return actions.append(taken)
        }
        // In place: the meeting must not be copied for each message.
        guard let wanted = meetings[id]?.handle(input, now: now, using: &randomness) else { return }
        var offenders: [ConnectionID] = []
        for action in wanted {
            switch action {
            case .send(let message, let receivers): actions.append(.send(message, to: receivers))
            case .close(let connection, let reason, let cause): close(connection, reason, because: cause)
            case .media(let command): actions.append(.media(command, in: id))
            case .offended(let connection): offenders.append(connection)
            case .alias(let alias, let leadsHere): aliases[alias] = leadsHere ? id : nil
            case .ended(let cause): forget(id, because: cause, now: now)
            }
        }
        if let deadline = meetings[id]?.nextDeadline { wake(by: deadline) }
        for offender in offenders where connections[offender]?.rates.bearOffence(now: now) == false {
            losePatience(offender, now: now)
        }
    }

    /// The answer to a commit whose new link leads to another meeting already. A chance of 2⁻¹²⁸, or malice.
    private func takenAlias(_ input: MeetingInput<Crypto>, of id: MeetingID) -> DirectoryAction? {
        guard case .message(let connection, .commit(let commit)) = input, let link = commit.link,
            let other = aliases[link.alias], other != id
        else { return nil }
        let fault = CommitFault.aliasTaken
        return .send(.error(fault.code, request: commit.request, detail: fault.rule), to: [connection])
    }

    private mutating func forget(_ id: MeetingID, because cause: Cause, now: Moment) {
        guard let meeting = meetings.removeValue(forKey: id) else { return }
        let links = meeting.epoch.links.aliases
        for alias in links { aliases[alias] = nil }
        actions.append(.ended(id, because: cause))
        guard case .host(let act) = cause else { return }
        let until = now + configuration.limits.endedMemory
        ended.insert(EndedMeeting(hostKey: meeting.epoch.policy.hostKey, act: act, until: until), under: links)
        wake(by: until)
    }
}
