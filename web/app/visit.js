// SPDX-License-Identifier: Apache-2.0
import { fill } from "./dom.js";
import { endingPage } from "./moments.js";

/** @param {{page: HTMLElement, secret: string, alias: string, name: string, media: import("../meeting/local-media.js").LocalMedia, hostToken: string | null, again: () => void}} visit */
export function attend({ page, again }) {
    fill(page, endingPage({ reason: "unreachable", by: null }, again));
}
