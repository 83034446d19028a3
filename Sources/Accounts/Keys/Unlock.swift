// SPDX-License-Identifier: Apache-2.0

public import Base

/// What unlocks an account on one device or another. It never signs anything: only the account's own key does.
public enum Unlock: Sendable {
    /// The output of WebAuthn's `prf` extension (L3 §10.1.4) for the wrapping's salt: 32 bytes that only this passkey gives.
    case passkey(credential: [UInt8], output: Secret)
    case paper(PaperCode)

    /// The credential's id; `nil` for paper.
    public var credential: [UInt8]? {
        switch self {
        case .passkey(let credential, _): credential
        case .paper: nil
        }
    }

    var material: Secret {
        switch self {
        case .passkey(_, let output): output
        case .paper(let code): code.entropy
        }
    }

    var kind: StaticString {
        switch self {
        case .passkey: "passkey"
        case .paper: "paper"
        }
    }
}
