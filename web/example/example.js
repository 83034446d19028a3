// SPDX-License-Identifier: Apache-2.0
// A complete client on web/meeting and web/crypto alone: camera, sound, roster and chat in one page.
// It shows that those folders need nothing of web/app, and what a client of one's own has to do.
import { readInvitation } from "../crypto/link.js";
import { LocalMedia } from "../meeting/local-media.js";
import { Session } from "../meeting/session.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id */
const input = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

/** @type {Map<string, HTMLElement>} */
const figures = new Map();

element("join").addEventListener("submit", async (event) => {
    event.preventDefault();
    const invitation = readInvitation(input("link").value);
    if (invitation === null) {
        element("state").textContent = "That is not a whole link.";
        return;
    }
    const media = new LocalMedia();
    await Promise.all([media.start("camera"), media.start("microphone")]);
    const session = new Session({
        node: invitation.node ?? location.origin, secret: invitation.secret, name: input("name").value, media,
    });
    session.on("phase", (phase) => {
        const words = { joining: "Going in", waiting: "At the door", inside: "Inside", over: `Over: ${session.ending?.reason}` };
        element("state").textContent = words[phase];
        element("join").hidden = phase !== "over";
        element("say").hidden = phase !== "inside";
        if (phase === "over") drawPeople(session);
    });
    session.on("people", () => drawPeople(session));
    session.on("tracks", () => drawPeople(session));
    session.on("local", () => drawPeople(session));
    session.on("chat", () => drawChat(session));
    element("say").onsubmit = (submit) => {
        submit.preventDefault();
        if (input("text").value.trim() !== "") session.say(input("text").value.trim());
        input("text").value = "";
    };
    element("leave").onclick = () => session.leave();
    session.start();
});

/**
 * One figure a person; their picture and their sound play in one element.
 * @param {Session} session
 */
function drawPeople(session) {
    const people = session.phase === "over" ? [] : [...session.roster.people.values()];
    for (const [id, figure] of figures) {
        if (people.some((person) => person.id === id)) continue;
        figure.remove();
        figures.delete(id);
    }
    for (const person of people) {
        let figure = figures.get(person.id);
        if (figure === undefined) {
            figure = document.createElement("figure");
            const video = document.createElement("video");
            video.autoplay = true;
            video.playsInline = true;
            video.muted = person.id === session.self;
            figure.append(video, document.createElement("figcaption"));
            figures.set(person.id, figure);
            element("people").append(figure);
        }
        const [video, caption] = figure.children;
        if (caption !== undefined) caption.textContent = `${person.name}${person.microphone ? "" : " (muted)"}`;
        if (video instanceof HTMLVideoElement) {
            play(video, [person.camera ? session.track(person.id, "camera") : null, session.track(person.id, "microphone")]);
        }
    }
    session.wish(people.filter((person) => person.id !== session.self).map((person) => ({ participant: person.id, source: "camera", layer: "medium" })));
}

/** @param {HTMLVideoElement} video @param {(MediaStreamTrack | null)[]} tracks */
function play(video, tracks) {
    const wanted = tracks.flatMap((track) => (track === null ? [] : [track]));
    const current = video.srcObject instanceof MediaStream ? video.srcObject.getTracks() : [];
    if (wanted.length === current.length && wanted.every((track) => current.includes(track))) return;
    video.srcObject = wanted.length === 0 ? null : new MediaStream(wanted);
}

/** @param {Session} session */
function drawChat(session) {
    element("log").replaceChildren(...session.chat.messages.map((message) => {
        const line = document.createElement("p");
        line.textContent = `${message.name}: ${message.text}`;
        return line;
    }));
}
