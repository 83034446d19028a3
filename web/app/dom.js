// SPDX-License-Identifier: Apache-2.0
import { t } from "./i18n.js";

// All elements are made here, from names and text: no HTML is ever parsed, so nothing a person or
// the node sends can become markup (Trusted Types hold this in the browser too).

/**
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {{
 *   class?: string,
 *   t?: import("./strings/en.js").Key,
 *   tLabel?: import("./strings/en.js").Key,
 *   tPlaceholder?: import("./strings/en.js").Key,
 *   on?: {[event: string]: (event: any) => void},
 *   [attribute: string]: any,
 * }} Props
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props] attributes; `t`, `tLabel`, `tPlaceholder` take string keys and follow the language
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
        if (value === undefined || value === null || value === false) continue;
        if (name === "on") {
            for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
        } else if (name === "t") {
            element.dataset.t = value;
            element.textContent = t(value);
        } else if (name === "tLabel") {
            element.dataset.tLabel = value;
            element.setAttribute("aria-label", t(value));
        } else if (name === "tPlaceholder") {
            element.dataset.tPlaceholder = value;
            element.setAttribute("placeholder", t(value));
        } else {
            element.setAttribute(name, value === true ? "" : String(value));
        }
    }
    append(element, children);
    return element;
}

/** @param {Element} element @param {(Child | Child[])[]} children */
function append(element, children) {
    for (const child of children.flat()) {
        if (child !== null && child !== undefined && child !== false) element.append(child);
    }
}

/**
 * Gives an element exactly these children.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
    element.replaceChildren();
    append(element, children);
}

/**
 * Gives an element these children, and leaves those alone that are there already: a selection, the focus and a screen
 * reader's place in them stay.
 * @param {Element} element
 * @param {...(Node | null | false)} children
 */
export function patch(element, ...children) {
    let count = 0;
    for (const child of children) {
        if (child === null || child === false) continue;
        const there = element.childNodes[count];
        if (there === undefined) element.append(child);
        else if (!there.isEqualNode(child)) there.replaceWith(child);
        count += 1;
    }
    while (element.childNodes.length > count) element.lastChild?.remove();
}

/**
 * Writes text only when it differs, so that screen readers and selections are left alone.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {string} name @param {string | boolean | null} value null or false removes it */
export function setAttribute(element, name, value) {
    if (value === null || value === false) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value === true ? "" : value)) element.setAttribute(name, value === true ? "" : value);
}

/**
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} type
 * @param {ParentNode} [root]
 * @returns {T}
 */
export function find(selector, type, root = document) {
    const element = root.querySelector(selector);
    if (!(element instanceof type)) throw new Error(`the page has no ${selector}`);
    return element;
}
