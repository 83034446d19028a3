// SPDX-License-Identifier: Apache-2.0

public import Base

/// Why an assertion doesn't count as a seat's signature. Numbers are the steps of WebAuthn L3 §7.2.
public enum AssertionRefusal: Error, Hashable, Sendable {
    /// The charter has no such seat.
    case unknownSeat
    /// Steps 5 and 6: the credential is another seat's.
    case otherSeatsCredential(Name)
    /// Steps 5 and 6: the credential is nobody's.
    case unlistedCredential
    /// Steps 8 and 9: clientDataJSON isn't JSON as we read it, a name that stands twice included.
    case clientData(JSONRefusal)
    /// Step 9: JSON, but no object, or a member of another kind than it must be.
    case malformedClientData
    /// Step 10: not made by `navigator.credentials.get()`.
    case wrongType
    /// Step 11: signed was something else.
    case wrongChallenge
    /// Step 12: asked for by another page than the charter names for the credential, a login page among them.
    case wrongOrigin
    /// Step 13: asked for inside of another page.
    case crossOrigin
    /// Step 14: the same.
    case topOrigin
    /// Shorter than 37 bytes, or longer without saying why (WebAuthn L3 §6.1).
    case authenticatorDataLength
    /// Step 15: for another relying party.
    case wrongRelyingParty
    /// Step 16: UP isn't set.
    case userNotPresent
    /// Step 17: UV isn't set.
    case userNotVerified
    /// Steps 18 and 19: BE is set, the key may be copied.
    case backupEligible
    /// Steps 18 and 19: BS is set, the key was copied.
    case backedUp
    /// AT is set, which assertions don't have (WebAuthn L3 §6.1).
    case attestedData
    /// Step 23: ED is set; the approval page asks for no extension.
    case extensionData
    /// Steps 20 and 21.
    case wrongSignature
}
