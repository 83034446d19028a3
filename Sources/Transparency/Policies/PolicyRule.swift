// SPDX-License-Identifier: Apache-2.0

/// What a line of a policy breaks (C2SP tlog-policy).
public enum PolicyRule: Hashable, Sendable {
    /// Longer than ``TrustPolicy/longest``, or more logs, witnesses or groups than ``TrustPolicy/mostOfAKind``
    /// (Implementation limits).
    case tooLarge
    /// "Each line is terminated by ASCII newline" (Structure).
    case unterminatedLine
    /// "The only allowed control characters are tab and newline" (Character set).
    case forbiddenOctet
    /// None of `log`, `witness`, `group`, `quorum` (Structure).
    case unknownKeyword
    /// Too few items or too many for the keyword.
    case wrongItemCount
    /// No vkey (Public key representation).
    case key(KeyRefusal)
    /// A key whose signature type isn't for that role (Public key representation).
    case wrongKeyType
    /// A log's key name that can't be an origin (Defining a log).
    case invalidOrigin
    /// "Multiple log lines with the same public key, are not allowed" (Defining a log).
    case duplicateLog
    /// "Multiple witness lines with the same public key, are not allowed" (Defining a witness).
    case duplicateWitness
    /// "Witnesses and groups share a single namespace" (What is a policy).
    case duplicateName
    /// `none` is predefined, "invalid as a group member" (What is a policy), and not to be defined anew.
    case reservedName
    /// Not defined on a preceding line (Structure).
    case undefinedName
    /// "At least one member must be listed" (Defining a witness group).
    case emptyGroup
    /// No decimal, or not `1 <= k <= n` (Defining a witness group).
    case invalidThreshold
    /// "Each defined name can be listed as a group member at most once" (Defining a witness group).
    case memberTwice
    /// "A policy file must include exactly one quorum line" (Defining the quorum).
    case secondQuorum
    /// The same; said of the last line.
    case noQuorum
}
