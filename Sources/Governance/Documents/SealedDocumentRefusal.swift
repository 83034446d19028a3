// SPDX-License-Identifier: Apache-2.0

/// Why a document can't be sealed, or isn't one that can be opened here.
public enum SealedDocumentRefusal: Error, Hashable, Sendable {
    /// Not a power of two from 4 KiB to 4 MiB, or too short for its recipients.
    case wrongLength
    /// The file doesn't begin with `vigil-sealed/v1`.
    case wrongHeader
    /// None, or more than ``SealedDocument/mostRecipients``.
    case wrongRecipientCount
    case recipientTwice
    /// A recipient's key is no key.
    case invalidKey
    /// More than fits into the longest file.
    case tooLong
    /// It is sealed to others.
    case notForThisKey
    /// Altered, of another case, or for another key.
    case sealBroken
    /// What was sealed isn't a length, so much content, and zeros.
    case malformedPadding
}
