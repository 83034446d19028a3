// SPDX-License-Identifier: Apache-2.0

const NAMESPACE = "http://www.w3.org/2000/svg";

/** Outlines on a 24-pixel square, drawn with the text's colour. Each entry: paths; `o` marks the dashed circle, `f` what is filled. */
const shapes = {
    mic: ["M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3z", "M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"],
    micOff: ["M9 9v2a3 3 0 0 0 4.6 2.5M15 11V6a3 3 0 0 0-5.7-1.3M5.5 11.5a6.5 6.5 0 0 0 10.3 5.3M18.2 13.4a6.5 6.5 0 0 0 .3-1.900M12 18v3M4 4l16 16"],
    camera: ["M5.5 6.500h7.500a2.5 2.5 0 0 1 2.5 2.500v6a2.5 2.5 0 0 1-2.5 2.500H5.500A2.5 2.5 0 0 1 3 15V9a2.5 2.5 0 0 1 2.5-2.500z", "M15.5 10.8 21 8v8l-5.5-2.8"],
    cameraOff: ["M10 6.500h3a2.5 2.5 0 0 1 2.5 2.500v1.800L21 8v8l-3-1.500M15.5 15.500a2.5 2.5 0 0 1-2.5 2H5.500A2.5 2.5 0 0 1 3 15V9a2.5 2.5 0 0 1 2.2-2.48M4 4l16 16"],
    share: ["M5.5 4.500h13A2.5 2.5 0 0 1 21 7v7.500a2.5 2.5 0 0 1-2.5 2.500h-13A2.5 2.5 0 0 1 3 14.500V7a2.5 2.5 0 0 1 2.5-2.500z", "M12 13.800V8.200M9.5 10.5 12 8l2.5 2.500M8.5 20.500h7"],
    shareOff: ["M5.5 4.500h13A2.5 2.5 0 0 1 21 7v7.500a2.5 2.5 0 0 1-2.5 2.500h-13A2.5 2.5 0 0 1 3 14.500V7a2.5 2.5 0 0 1 2.5-2.500z", "m9.6 8.3 4.8 4.800M14.4 8.300l-4.8 4.800M8.5 20.500h7"],
    hand: ["M8 12V5.800a1.5 1.5 0 0 1 3 0V11m0-.500V4.300a1.5 1.5 0 0 1 3 0V11m0-4.500a1.5 1.5 0 0 1 3 0v7.700c0 4-2.3 6.5-5.8 6.5-2.7 0-4.2-1.1-5.5-3.400l-2.1-3.800c-.9-1.7 1.3-3 2.5-1.600L8 14"],
    smile: ["M12 3.200a8.8 8.8 0 1 1 0 17.6 8.8 8.8 0 0 1 0-17.600z", "M8.3 14.200c.9 1.5 2.2 2.3 3.7 2.300s2.8-.8 3.7-2.300M9 9.700v.2M15 9.700v.2"],
    chat: ["M4 7.500A2.5 2.5 0 0 1 6.5 5h11A2.5 2.5 0 0 1 20 7.500v6a2.5 2.5 0 0 1-2.5 2.500H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.500z"],
    people: ["M9 5.300a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.400z", "M3 19c.4-3.6 2.8-5.5 6-5.500s5.6 1.9 6 5.500M15.5 5.500a3.1 3.1 0 0 1 0 6M17.5 13.900c2 .7 3.2 2.4 3.5 5.1"],
    more: ["M5.8 12h.4M11.8 12h.4M17.8 12h.4"],
    leave: ["M13.5 4H7a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h6.500M10.5 12H20M16.5 8.3 20.2 12l-3.7 3.7"],
    checked: ["M12 3.200a8.8 8.8 0 1 1 0 17.6 8.8 8.8 0 0 1 0-17.600z", "m8.2 12.3 2.7 2.7 5-5.5"],
    open: ["oM12 3.200a8.8 8.8 0 1 1 0 17.6 8.8 8.8 0 0 1 0-17.600z"],
    broken: ["M19.7 7.700a8.8 8.8 0 1 1-3.4-3.400M9.2 9.200l5.6 5.600M14.8 9.200l-5.6 5.6"],
    node: ["M6 4h12a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM6 13h12a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-3a2 2 0 0 1 2-2z", "M7.6 7.500h.4M7.6 16.500h.4"],
    settings: ["M4 7.500h9M17.2 7.500h2.800M4 16.500h2.800M11.2 16.500h8.800M15 5.300a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.400zM9 14.300a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.400z"],
    close: ["m6 6 12 12M18 6 6 18"],
    send: ["M4 11.8 20 4.500l-5.5 15.5-3.3-6.200zM11.2 13.8 20 4.5"],
    copy: ["M11 8.500h6a2.5 2.5 0 0 1 2.5 2.500v6.500A2.5 2.5 0 0 1 17 20h-6a2.5 2.5 0 0 1-2.5-2.500V11A2.5 2.5 0 0 1 11 8.500z", "M15.5 5.500A2 2 0 0 0 13.5 4H6.500a2 2 0 0 0-2 2v7.500a2 2 0 0 0 1.5 1.9"],
    door: ["M6 20.500V5.500A1.5 1.5 0 0 1 7.5 4h9A1.5 1.5 0 0 1 18 5.500v15M3.5 20.500h17M14.5 12v1"],
    clock: ["M12 3.200a8.8 8.8 0 1 1 0 17.6 8.8 8.8 0 0 1 0-17.600z", "M12 7v5.300l3.3 2"],
    eye: ["M2.8 12S6 5.8 12 5.8 21.2 12 21.2 12 18 18.2 12 18.2 2.8 12 2.8 12z", "M12 9.300a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.400z"],
    moon: ["M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10z"],
    sun: ["M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z", "M12 3v1.500M12 19.500V21M3 12h1.500M19.5 12H21M5.6 5.600l1.1 1.100M17.3 17.300l1.1 1.100M5.6 18.400l1.1-1.100M17.3 6.700l1.1-1.1"],
    pin: ["M9 4.500h6M10 4.500v5.500l-2.8 3.500h9.600L14 10V4.500M12 13.500V20"],
    grid: ["M4.5 5h6v6h-6zM13.5 5h6v6h-6zM4.5 13.500h6v6h-6zM13.5 13.500h6v6h-6z"],
    speakerView: ["M4.5 5h15v9h-15zM4.5 17h4v2.500h-4zM10 17h4v2.500h-4zM15.5 17h4v2.500h-4z"],
    keyboard: ["M5 6.500h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2z", "M7 10.200h.2M10.4 10.200h.2M13.6 10.200h.2M16.8 10.200h.2M8.5 14h7"],
    link: ["M10 13.500a3.8 3.8 0 0 0 5.6.4l2.7-2.700a3.8 3.8 0 0 0-5.4-5.400l-1.3 1.300M14 10.500a3.8 3.8 0 0 0-5.6-.4l-2.7 2.700a3.8 3.8 0 0 0 5.4 5.400l1.3-1.3"],
    sound: ["M4.5 9.500v5H8l4.5 4v-13L8 9.500zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.500a7.8 7.8 0 0 1 0 11"],
    left: ["m14.5 6-6 6 6 6"],
    right: ["m9.5 6 6 6-6 6"],
    search: ["M10.5 4.500a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l5 5"],
    signal: ["M5 18v-3M10 18v-6.500M15 18V8M20 18V4.5"],
    shield: ["M12 2.800 4.500 5.500v6c0 4.700 3 8 7.500 9.700 4.500-1.700 7.500-5 7.500-9.700v-6z", "fM12.200 7.300c1.300 2 2.500 3.400 2.500 5.400a2.700 2.700 0 0 1-5.400 0c0-2 1.700-3.300 2.900-5.400z"],
    record: ["M12 3.200a8.8 8.8 0 1 1 0 17.6 8.8 8.8 0 0 1 0-17.600z", "fM12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"],
    seal: ["M12 3.200a6.3 6.3 0 1 1 0 12.600 6.3 6.3 0 0 1 0-12.600z", "m8.3 14.700-1.3 6.5 5-2.5 5 2.500-1.300-6.500M9.6 9.600l1.7 1.7 3.2-3.5"],
    rules: ["M6.500 4h11A1.500 1.500 0 0 1 19 5.500v13a1.500 1.500 0 0 1-1.500 1.500h-11A1.500 1.500 0 0 1 5 18.500v-13A1.500 1.500 0 0 1 6.500 4z", "M8.500 8.500h7M8.500 12h7M8.500 15.500h4"],
    edit: ["M4.5 19.500l.8-4L16 4.800l3.2 3.200L8.5 18.700z"],
};

/** @typedef {keyof typeof shapes} IconName */

/**
 * @param {IconName} name
 * @param {string} [extra] more class names
 * @returns {SVGSVGElement} decorative: words beside it, or the button's label, say what it means
 */
export function icon(name, extra = "") {
    const svg = document.createElementNS(NAMESPACE, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("class", extra === "" ? "i" : `i ${extra}`);
    svg.setAttribute("aria-hidden", "true");
    for (const shape of shapes[name]) {
        const path = document.createElementNS(NAMESPACE, "path");
        path.setAttribute("d", shape.replace(/^[of]/, ""));
        if (shape.startsWith("o")) path.setAttribute("stroke-dasharray", "3.1 2.43");
        if (shape.startsWith("f")) {
            path.setAttribute("fill", "currentColor");
            path.setAttribute("stroke", "none");
        }
        if (name === "more") path.setAttribute("stroke-width", "2.6");
        svg.append(path);
    }
    return svg;
}

/**
 * The sign of the house: a flame in a cup.
 * @returns {SVGSVGElement}
 */
export function mark() {
    const svg = document.createElementNS(NAMESPACE, "svg");
    svg.setAttribute("viewBox", "0 0 32 32");
    svg.setAttribute("class", "mark");
    svg.setAttribute("aria-hidden", "true");
    for (const [style, d] of [
        ["mark-cup", "M4.5 12.500c1.2 7.5 5 13 11.5 16 6.5-3 10.3-8.5 11.5-16"],
        ["mark-flame", "M16.5 2.800c2.7 4 4.9 6.8 4.9 10.700a5.4 5.4 0 0 1-10.8 0c0-3.9 3.5-6.5 5.9-10.700z"],
    ]) {
        const path = document.createElementNS(NAMESPACE, "path");
        path.setAttribute("class", style);
        path.setAttribute("d", d);
        svg.append(path);
    }
    return svg;
}
