// SPDX-License-Identifier: Apache-2.0
// Where tiles go. Numbers in, rectangles out; no DOM.

/** @typedef {{x: number, y: number, width: number, height: number}} Rect */
/** @typedef {{width: number, height: number}} Size */

const GAP = 12;
const SMALL_GAP = 8;

/** @param {Size} size @returns {boolean} */
export function isPortrait(size) {
    return size.height > size.width * 1.1;
}

/**
 * How many people one page of the grid holds.
 * @param {Size} size
 * @returns {number}
 */
export function gridCapacity(size) {
    if (isPortrait(size)) return size.width < 560 ? 8 : 12;
    return Math.max(4, Math.min(25, Math.floor(size.width / 210) * Math.floor(size.height / 128)));
}

/**
 * Tiles alike, as large as they can be, last row centred. A tile is between upright and wide: beyond
 * that, cropping would cut heads.
 * @param {number} count
 * @param {Size} size
 * @param {number} [top] moves the whole grid down
 * @returns {Rect[]}
 */
export function arrangeGrid(count, size, top = 0) {
    if (count === 0) return [];
    const portrait = isPortrait(size);
    const narrow = size.width < 620;
    const gap = narrow ? SMALL_GAP : GAP;
    const widest = count === 1 ? 2.1 : narrow && portrait && count > 3 ? 1.2 : 1.95;
    const tallest = portrait || narrow ? 0.6 : 1.3;
    let best = { area: -1, columns: 1, width: 0, height: 0 };
    for (let columns = 1; columns <= count; columns += 1) {
        const rows = Math.ceil(count / columns);
        const cellWidth = (size.width - gap * (columns - 1)) / columns;
        const cellHeight = (size.height - gap * (rows - 1)) / rows;
        if (cellWidth <= 0 || cellHeight <= 0) continue;
        const width = Math.min(cellWidth, cellHeight * widest);
        const height = Math.min(cellHeight, cellWidth / tallest);
        // Empty places in the last row count against an arrangement, a little.
        const area = width * height * (1 - 0.02 * (rows * columns - count));
        if (area > best.area) best = { area, columns, width, height };
    }
    const rows = Math.ceil(count / best.columns);
    const startY = top + (size.height - rows * best.height - (rows - 1) * gap) / 2;
    return Array.from({ length: count }, (_, index) => {
        const row = Math.floor(index / best.columns);
        const inRow = row === rows - 1 ? count - row * best.columns : best.columns;
        const startX = (size.width - inRow * best.width - (inRow - 1) * gap) / 2;
        return round({
            x: startX + (index % best.columns) * (best.width + gap), y: startY + row * (best.height + gap),
            width: best.width, height: best.height,
        });
    });
}

/**
 * How many fit beside a large picture.
 * @param {Size} size
 * @returns {number}
 */
export function stripCapacity(size) {
    if (isPortrait(size)) return 6;
    const height = stripHeight(size);
    return Math.max(2, Math.floor((size.width + GAP) / (height * 1.6 + GAP)));
}

/**
 * One large picture and a strip of the others below it.
 * @param {number} others
 * @param {Size} size
 * @param {boolean} screen whether the large one is a shared screen
 * @returns {{main: Rect, others: Rect[]}}
 */
export function arrangeSpeaker(others, size, screen) {
    if (others === 0) return { main: round({ x: 0, y: 0, ...size }), others: [] };
    if (isPortrait(size)) {
        const rows = Math.ceil(others / 3);
        const mainHeight = screen ? Math.min(size.width * 0.72, size.height * 0.6) : size.height * (rows > 1 ? 0.46 : 0.62);
        const rest = { width: size.width, height: size.height - mainHeight - SMALL_GAP };
        return { main: round({ x: 0, y: 0, width: size.width, height: mainHeight }), others: arrangeGrid(others, rest, mainHeight + SMALL_GAP) };
    }
    const height = stripHeight(size);
    const width = Math.min(height * 1.78, (size.width - GAP * (others - 1)) / others);
    const startX = (size.width - others * width - (others - 1) * GAP) / 2;
    const y = size.height - height;
    return {
        main: round({ x: 0, y: 0, width: size.width, height: y - GAP }),
        others: Array.from({ length: others }, (_, index) => round({ x: startX + index * (width + GAP), y, width, height })),
    };
}

/** @param {Size} size */
function stripHeight(size) {
    return Math.min(150, Math.max(84, size.height * 0.17));
}

/**
 * Whole pixels keep video sharp.
 * @param {Rect} rect
 * @returns {Rect}
 */
function round({ x, y, width, height }) {
    return { x: Math.round(x), y: Math.round(y), width: Math.max(1, Math.floor(width)), height: Math.max(1, Math.floor(height)) };
}

/**
 * The layer worth asking for at a size on the screen.
 * @param {number} height in CSS pixels
 * @param {number} pixelRatio
 * @returns {import("../../meeting/protocol.js").Layer}
 */
export function layerFor(height, pixelRatio) {
    const pixels = height * Math.min(pixelRatio, 2);
    return pixels >= 420 ? "high" : pixels >= 190 ? "medium" : "low";
}
