// SPDX-License-Identifier: Apache-2.0
import { encode } from "../crypto/base64url.js";
import { coreModule } from "../crypto/core-module.js";
import { Core } from "../crypto/core.js";
import { readInvitation } from "../crypto/link.js";
import { foundMeeting } from "../crypto/member.js";
import { appearanceTools, applyTheme } from "./appearance.js";
import { fill, find, setAttribute, setText } from "./dom.js";
import { keepHosting } from "./hosting.js";
import { followLanguage, t, translate } from "./i18n.js";
import { icon } from "./icons.js";
import { openLimits } from "./limits.js";
import { logPage, meetingPage, nodeHost, nodeOrigin } from "./place.js";
import { missingPieces, unsupportedView } from "./support.js";

const form = find("#join", HTMLFormElement);
const input = find("#invitation", HTMLInputElement);
const note = find("#join-note", HTMLElement);

applyTheme();
translate();
find("#top", HTMLElement).append(appearanceTools());
followLanguage(() => {
    document.title = t("title.landing");
    fill(find("#served", HTMLElement), icon("node", "i-sm"), t("landing.served", { host: nodeHost() }));
    find("#log", HTMLAnchorElement).href = logPage();
});

const missing = missingPieces();
if (missing.length > 0) {
    fill(find("#content", HTMLElement), unsupportedView(missing));
} else {
    find("#start", HTMLButtonElement).addEventListener("click", async () => {
        const { identity, secret } = foundMeeting(new Core(await coreModule()), [nodeOrigin()]);
        keepHosting([encode(secret)], encode(identity));
        location.assign(meetingPage(nodeOrigin(), encode(secret)));
    });
}

find("#limits", HTMLButtonElement).addEventListener("click", openLimits);

form.addEventListener("submit", (event) => {
    event.preventDefault();
    const invitation = readInvitation(input.value);
    setAttribute(input, "aria-invalid", invitation === null ? "true" : null);
    if (invitation === null) {
        setText(note, t("landing.join.unreadable"));
        input.focus();
        return;
    }
    location.assign(meetingPage(invitation.node ?? nodeOrigin(), invitation.secret));
});
input.addEventListener("input", () => {
    setText(note, "");
    setAttribute(input, "aria-invalid", null);
});
