// SPDX-License-Identifier: Apache-2.0
import { aliasOf } from "../crypto/link.js";
import { LocalMedia } from "../meeting/local-media.js";
import { applyTheme } from "./appearance.js";
import { startDevices } from "./devices.js";
import { fill, find, h } from "./dom.js";
import { followLanguage, t } from "./i18n.js";
import { momentPage } from "./moments.js";
import { noLinkPage } from "./no-link.js";
import { secretHere } from "./place.js";
import { hostToken } from "./preferences.js";
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
void arrive();

async function arrive() {
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
    const alias = await aliasOf(secret);
    const place = takePlace(alias);
    if (place === null) prepare(secret, alias);
    else goBack(secret, alias, place);
}

/**
 * The page was loaded again: straight back in, with what was on.
 * @param {string} secret @param {string} alias @param {import("./return.js").Place} place
 */
function goBack(secret, alias, place) {
    const media = new LocalMedia();
    fill(page, momentPage(h("section", { class: "moment-text", role: "status" }, h("h1", { t: "return.title" }), h("p", { class: "lead", t: "return.lead" }))));
    // With picture and sound at once nobody sees more than a moment's pause; but a browser that asks first is not waited for.
    const patience = new Promise((resolve) => setTimeout(resolve, DEVICES_WITHIN));
    attend({
        page, secret, alias, name: place.name, media, hostToken: hostToken(alias), again: () => prepare(secret, alias), place,
        ready: Promise.race([startDevices(media, place), patience]).then(() => undefined),
    });
}

/** @param {string} secret @param {string} alias */
function prepare(secret, alias) {
    const media = new LocalMedia();
    const token = hostToken(alias);
    const leaving = new AbortController();
    fill(page, prejoinView({
        media, starting: token !== null, signal: leaving.signal,
        join: (name, founding) => {
            leaving.abort();
            attend({ page, secret, alias, name, media, hostToken: token, founding, again: () => prepare(secret, alias) });
        },
    }));
}
