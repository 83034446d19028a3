// SPDX-License-Identifier: Apache-2.0

/**
 * Whether this person may let others in: hosts and co-hosts, or anyone where the rules say so and none of them is here.
 * @param {import("../../types/meeting").Meeting} session
 */
export function mayAdmit(session) {
    if (session.isKeeper) return true;
    const kept = [...session.roster.people.values()].some((person) => person.role !== "guest" && person.connected);
    return !kept && session.meeting.absence === "membersAdmit";
}
