// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings

extension MediaWorker {
    func perform(_ command: MediaCommand, in id: MeetingID, now: Moment) {
        switch command {
        case .join(let participant):
            meeting(id).join(participant, now: now)
        case .leave(let participant):
            meetings[id]?.leave(participant, now: now)
        case .close:
            close(id, now: now)
        case .publish(let participant, let request, let offer, let sources):
            meetings[id]?.publish(participant, request: request, offer: offer, sources: sources, now: now)
        case .answer(let participant, let request, let answer):
            meetings[id]?.accept(answer, request: request, from: participant, now: now)
        case .restartSubscriber(let participant):
            meetings[id]?.restartSubscriber(participant, now: now)
        case .layers(let participant, let wishes):
            meetings[id]?.setLayers(participant, wishes)
        }
    }

    private func meeting(_ id: MeetingID) -> MeetingMedia {
        if let known = meetings[id] { return known }
        let free = meetingSlots.firstIndex { $0 == nil }
        let meeting = MeetingMedia(id: id, slot: free ?? meetingSlots.count, worker: self)
        if let free { meetingSlots[free] = meeting } else { meetingSlots.append(meeting) }
        meetings[id] = meeting
        return meeting
    }

    private func close(_ id: MeetingID, now: Moment) {
        guard let meeting = meetings.removeValue(forKey: id) else { return }
        meeting.close(now: now)
        meetingSlots[meeting.slot] = nil
        dirtyMeetings.removeAll { $0 === meeting }
    }
}
