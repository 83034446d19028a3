// SPDX-License-Identifier: Apache-2.0
import { answerButton, openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";

/**
 * Before somebody is seen by anyone inside: an accountable meeting says so and asks.
 * @param {{accountable: boolean}} rules
 * @returns {Promise<boolean>} whether to go in
 */
export async function agreeTo({ accountable }) {
    if (!accountable) return true;
    const { answer } = openDialog({
        title: t("agree.title"), body: [h("p", {}, t("agree.lead"))],
        buttons: [answerButton("agree.stay", ""), answerButton("agree.go", "yes", "btn-go")],
    });
    return await answer === "yes";
}
