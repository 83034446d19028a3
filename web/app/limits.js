// SPDX-License-Identifier: Apache-2.0
import { answerButton, openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** @type {[import("./icons.js").IconName, import("./strings/en.js").Key, import("./strings/en.js").Key][]} */
const entries = [
    ["node", "limits.node.title", "limits.node"],
    ["eye", "limits.address.title", "limits.address"],
    ["people", "limits.people.title", "limits.people"],
    ["camera", "limits.device.title", "limits.device"],
];

/** What could still go wrong, said before anyone asks. */
export function openLimits() {
    const list = h("ul", { class: "facts-list" });
    for (const [name, title, text] of entries) {
        list.append(h("li", {}, icon(name), h("span", {}, t(title)), h("small", {}, t(text))));
    }
    openDialog({ title: t("limits.title"), wide: true, body: [list], buttons: [answerButton("close", "")] });
}
