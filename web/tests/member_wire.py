# SPDX-License-Identifier: Apache-2.0
"""What goes into a member in the core and what comes out, as Sources/Membership encodes it.

The same tables as web/crypto/member-wire.js; member-wire.json holds all three sides to one another
(test_vigil_member.py).
"""

from wire_types import (
    bits, choice, constant, exactly, flag, opaque, optional, participant, several, struct, text, u16, u32, u64, word,
)

FLAGS = ("microphone", "camera", "screen", "hand", "recording")
SOURCES = ("microphone", "camera", "screen", "screenAudio")  # by SFrame's contexts

flags = bits(*FLAGS)
absence = word("wait", "membersAdmit")
history = word("nothing", "chat")

# What a person is and has

card = struct({
    "version": constant(1, u16), "hostKey": opaque, "charterGenesis": opaque, "logKeys": several(opaque),
    "witnessKeys": several(opaque), "nodes": several(text),
}, constants=("version",))
IDENTITY = struct({
    "signaturePrivateKey": opaque, "links": several(opaque),
    "hosting": optional(struct({"hostPrivateKey": opaque, "card": card, "nonce": opaque})),
})
SETTINGS = struct({
    "name": text, "flags": flags, "accountable": flag, "lobby": flag, "absence": absence, "history": history,
    "isReturning": flag,
})

# In

present = struct({"participant": participant, "connected": flag})
sealed_knock = {"participant": participant, "alias": text, "knock": opaque}

NODE_MESSAGE = choice({
    "door": {"card": opaque, "isCurrent": flag, "epoch": u64, "generation": u32, "lobby": flag, "locked": flag,
             "hostPresent": flag, "accountable": flag},
    "vacant": {"nodeKey": opaque},
    "welcome": {"isResumed": flag, "resume": text, "epoch": u64, "sequence": u64, "present": several(present),
                "knocks": several(struct(sealed_knock)), "welcome": opaque, "tree": opaque, "invitation": opaque},
    "waiting": {"hostPresent": flag},
    "commit": {"sequence": u64, "epoch": u64, "commit": opaque},
    "proposal": {"sequence": u64, "proposal": opaque},
    "message": {"sequence": u64, "from": participant, "message": opaque},
    "ready": {"epoch": u64},
    "reopened": {"sequence": u64, "epoch": u64, "refusals": several(opaque)},
    "knock": sealed_knock,
    "knockGone": {"participant": participant},
    "participant": {"participant": participant, "connected": flag},
    "group": {"epoch": u64, "groupInfo": opaque, "tree": opaque},
    "accepted": {"request": u32, "epoch": u64, "sequence": u64},
    "sent": {"request": u32},
    "error": {"code": text, "request": u32, "detail": text},
    "refused": {"reason": text},
    "removed": {},
    "ended": {},
})

about = {"participant": participant}
switch = {"on": flag}

MEMBER_INPUT = choice({
    "opened": {}, "closed": {}, "node": {"message": NODE_MESSAGE}, "state": {"flags": flags}, "rename": {"name": text},
    "say": {"id": text, "text": text, "to": optional(participant)}, "react": {"reaction": text}, "admit": about,
    "admitAll": {}, "deny": about, "mute": about, "muteAll": {}, "lowerHand": about, "remove": about, "lock": switch,
    "lobby": switch, "absence": {"absence": absence}, "history": {"history": history}, "cohost": {**about, **switch},
    "resetLink": {}, "compare": {}, "end": {}, "leave": {},
    "counts": {
        "sealed": exactly(4, u32),
        "received": several(struct({
            "participant": participant, "source": word(*SOURCES), "opened": u32, "refused": u32, "isWanted": flag})),
    },
    "timeout": {},
})

# Out

NODE_REQUEST = choice({
    "join": {"alias": text, "keyPackage": opaque, "create": flag, "resume": text, "since": u64},
    "found": {"groupInfo": opaque, "tree": opaque, "sealedGroupInfo": opaque, "card": opaque},
    "knock": {"knock": opaque},
    "look": {},
    "commit": {
        "request": u32, "epoch": u64, "commit": opaque, "welcome": opaque, "groupInfo": opaque,
        "link": optional(struct({"alias": text, "card": opaque})),
        "invitations": several(struct({"participant": participant, "invitation": opaque})),
    },
    "message": {"request": u32, "message": opaque, "to": optional(participant)},
    "propose": {"proposal": opaque},
    "ack": {"epoch": u64},
    "refuse": {"refusal": opaque},
    "deny": about,
    "end": {}, "leave": {}, "reconnect": {},
})

FRAME_KEY_CHANGE = choice({
    "addEpoch": {"epoch": u64, "width": u32, "ownLeaf": u32, "baseKey": opaque,
                 "members": several(struct({"leaf": u32, "participant": participant}))},
    "startSending": {"epoch": u64},
    "voidEpoch": {"epoch": u64},
    "forget": {},
})

short_code = choice({
    "gathering": {"waitingFor": several(participant)}, "shown": {"words": exactly(4, u16)},
    "failed": {"waitingFor": several(participant)},
})

MEMBER_EVENT = choice({
    "phase": {"phase": word("asked", "waiting", "waitingForHost", "inside")},
    "over": {"ending": word("left", "removed", "ended", "refused", "interrupted", "foreignRoom"),
             "by": optional(participant), "reason": text},
    "own": about,
    "person": {**about, "name": text, "role": word("guest", "cohost", "host"), "flags": flags, "connected": flag,
               "isMuted": flag},
    "gone": {**about, "by": optional(participant)},
    "policy": {"locked": flag, "lobby": flag, "accountable": flag, "absence": absence, "history": history},
    "knock": {**about, "name": text, "byOldLink": flag},
    "knockGone": about,
    "chat": {"id": text, "from": participant, "name": text, "text": text, "to": optional(participant), "at": u64},
    "sent": {"id": text},
    "notSent": {"id": text, "reason": text},
    "reaction": {**about, "reaction": text},
    "mutedBy": about,
    "handLoweredBy": about,
    "link": {"secret": opaque},
    "identity": {"identity": opaque},
    "words": {"epoch": u64, "words": exactly(12, u16), "roster": exactly(4, u16)},
    "shortCode": {"state": short_code},
    "warning": {
        "warning": word(
            "fork", "silent", "withheld", "mediaWithheld", "unreadableFrames", "refusedCommit", "reopened",
            "nodeRemoves", "foreignCard", "unreadableMessages", "falseHostAct", "refusedProposal",
            "rulesChanged"),
        "about": optional(participant), "detail": text,
    },
    "startedAt": {"time": u64},
    "failed": {"request": text, "reason": text},
})

MEMBER_OUTPUT = choice({
    "send": {"request": NODE_REQUEST}, "frames": {"change": FRAME_KEY_CHANGE}, "event": {"event": MEMBER_EVENT},
})
