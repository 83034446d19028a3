// SPDX-License-Identifier: Apache-2.0

/// What a seat signs: a text of its own kind, which names the seat. The passkey signs its SHA-256, as the challenge.
///
/// The first line says which kind it is, every line has one place, and every value is of fixed length or ends with its line:
/// two different statements have two different texts.
public protocol Statement: Hashable, Sendable {
    var seat: Name { get }
    /// The canonical text.
    var text: [UInt8] { get }

    init(reading reader: inout StatementReader) throws(StatementRefusal)
}
