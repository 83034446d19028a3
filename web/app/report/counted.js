// SPDX-License-Identifier: Apache-2.0

/**
 * @typedef {string | number | null} Cell
 * @typedef {{ columns: string[], rows: Cell[][] }} Table
 * @typedef {object} Counted a report's JSON (docs/report.md)
 * @property {string} log
 * @property {number} from-size
 * @property {number} to-size
 * @property {string} root
 * @property {string | null} time
 * @property {{ orders: Record<string, number>, "overdue-openings": number, "unmatched-claims": number }} headline
 * @property {Record<string, Table>} tables
 */

/**
 * The numbers of a column.
 * @param {Table} table
 * @param {string} column
 * @returns {number[]}
 */
export function numbers(table, column) {
    const place = table.columns.indexOf(column);
    return table.rows.map((row) => Number(row[place]));
}

/** @param {Table} table @param {string} column */
export function sum(table, column) {
    return numbers(table, column).reduce((total, value) => total + value, 0);
}

/**
 * What stands in a row that is named by its first word.
 * @param {Table} table
 * @param {string} name
 * @param {string} column
 * @returns {Cell}
 */
export function cell(table, name, column) {
    return table.rows.find((row) => row[0] === name)?.[table.columns.indexOf(column)] ?? null;
}
