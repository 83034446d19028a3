// SPDX-License-Identifier: Apache-2.0

public import Governance

/// Why nothing is sealed for, or handed to, these custodians.
public enum CustodianRefusal: Error, Hashable, Sendable {
    case notFive
    case twice(Name)
    /// The charter has no custodian of this name.
    case noCustodian(Name)
    /// The seat's term hasn't begun, or is over.
    case outOfOffice(Name)
    /// The charter isn't in effect yet, or no more.
    case charterNotInEffect
    /// The key is of a seat of another deployment.
    case otherDeployment(Name)
    /// The seat's passkey hasn't signed the key.
    case assertion(Name, AssertionRefusal)
    /// Of fewer home countries than four.
    case tooFewCountries
    /// Three are tied to one country.
    case oneCountry(Country)
    /// Three are of one organisation.
    case oneOrganisation(Name)
}
