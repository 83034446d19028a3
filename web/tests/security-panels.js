// SPDX-License-Identifier: Apache-2.0
// The pages with a stand-in for the meeting, for test_security_panels.py. `window.meeting` is the test's.

import { applyTheme } from "../app/appearance.js";
import { agreeTo } from "../app/agree.js";
import { find } from "../app/dom.js";
import { prejoinView } from "../app/prejoin.js";
import { showVisit } from "../app/visit.js";
import { LocalMedia } from "../meeting/local-media.js";
import { words } from "../app/words/en.js";
import { StandIn } from "./stand-in.js";

applyTheme();
const media = new LocalMedia();
media.setMicrophoneOn(false);
const session = new StandIn();
const page = find("#page", HTMLElement);
Object.assign(window, { meeting: session, again: 0, words, agreeTo, founded: null });

if (location.pathname === "/before") {
    prejoin();
} else {
    if (location.pathname === "/door") session.phase = "waiting";
    showVisit({ page, session, secret: session.security.linkSecret, name: "Ana", media, again: () => { window.again += 1; } });
}

function prejoin() {
    const starting = new URLSearchParams(location.search).has("starting");
    page.replaceChildren(prejoinView({
        media, starting, signal: new AbortController().signal, join: (name, founding) => { window.founded = { name, founding }; },
    }));
}
