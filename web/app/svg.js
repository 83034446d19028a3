// SPDX-License-Identifier: Apache-2.0

const NAMESPACE = "http://www.w3.org/2000/svg";

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...Element} children
 */
export function shape(name, attributes, ...children) {
    const element = document.createElementNS(NAMESPACE, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.append(...children);
    return element;
}

/** @param {number} x @param {number} y @param {string} anchor @param {string} content @param {string} [style] */
export function label(x, y, anchor, content, style = "") {
    const element = shape("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor, ...(style === "" ? {} : { class: style }) });
    element.textContent = content;
    return element;
}
