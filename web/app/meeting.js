// SPDX-License-Identifier: Apache-2.0
import { LocalMedia } from "../meeting/local-media.js";
import { applyTheme } from "./appearance.js";
import { startDevices } from "./devices.js";
import { fill, find, h } from "./dom.js";
import { hostingOf } from "./hosting.js";
import { followLanguage, t } from "./i18n.js";
import { momentPage } from "./moments.js";
import { noLinkPage } from "./no-link.js";
import { secretHere } from "./place.js";
import { prejoinView } from "./prejoin.js";
import { takePlace } from "./return.js";
import { missingPieces, unsupportedView } from "./support.js";
import { attend } from "./visit.js";

const page = find("#page", HTMLElement);
const DEVICES_WITHIN = 2_000;

applyTheme();
followLanguage(() => { document.title = t("title.meeting"); });
// A link pasted over this one names another meeting.
addEventListener("hashchange", () => location.reload());
arrive();

function arrive() {
    const missing = missingPieces();
    if (missing.length > 0) {
        fill(page, momentPage(unsupportedView(missing)));
        return;
    }
    const secret = secretHere();
    if (secret === null) {
        fill(page, noLinkPage());
        return;
    }
    const place = takePlace(secret);
    if (place === null) prepare(secret);
    else goBack(secret, place);
}

/**
 * The page was loaded again: straight back in, with what was on.
 * @param {string} secret @param {import("./return.js").Place} place
 */
function goBack(secret, place) {
    const media = new LocalMedia();
    fill(page, momentPage(h("section", { class: "moment-text", role: "status" }, h("h1", { t: "return.title" }), h("p", { class: "lead", t: "return.lead" }))));
    // With picture and sound at once nobody sees more than a moment's pause; but a browser that asks first is not waited for.
    const patience = new Promise((resolve) => setTimeout(resolve, DEVICES_WITHIN));
    attend({
        page, secret, name: place.name, media, identity: place.identity, again: prepareHere, place,
        ready: Promise.race([startDevices(media, place), patience]).then(() => undefined),
    });
}

/** By the link that is in the address now: it may have changed during the visit. */
function prepareHere() {
    const secret = secretHere();
    if (secret !== null) prepare(secret);
}

/** @param {string} secret */
function prepare(secret) {
    const media = new LocalMedia();
    const identity = hostingOf(secret);
    const leaving = new AbortController();
    fill(page, prejoinView({
        media, starting: identity !== null, signal: leaving.signal,
        join: (name, founding) => {
            leaving.abort();
            attend({ page, secret, name, media, identity: identity ?? undefined, founding, again: prepareHere });
        },
    }));
}
