// SPDX-License-Identifier: Apache-2.0

/**
 * Lit: someone will answer. Unlit: it is over.
 * @param {boolean} lit
 * @returns {SVGSVGElement}
 */
export function candle(lit) {
    const namespace = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(namespace, "svg");
    svg.setAttribute("viewBox", "0 0 20 40");
    svg.setAttribute("class", lit ? "moment-candle is-lit" : "moment-candle");
    svg.setAttribute("aria-hidden", "true");
    for (const [style, d] of [
        ["body", "M7 17h6a2 2 0 0 1 2 2v18a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V19a2 2 0 0 1 2-2z"], ["wick", "M10 13.5V17"],
        ...(lit ? [["fire", "M10.3.6c1.9 2.9 3.6 5 3.6 7.900a3.9 3.9 0 0 1-7.8 0c0-2.9 2.5-4.9 4.2-7.900z"]] : []),
    ]) {
        const path = document.createElementNS(namespace, "path");
        path.setAttribute("class", style ?? "");
        path.setAttribute("d", d ?? "");
        svg.append(path);
    }
    return svg;
}
