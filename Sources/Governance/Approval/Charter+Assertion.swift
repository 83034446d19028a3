// SPDX-License-Identifier: Apache-2.0

import Base

extension Charter {
    /// The steps of WebAuthn L3 §7.2 that are left when the relying party is a file: is this the seat's signature over `challenge`?
    func check<Crypto: CryptoProvider>(
        _ assertion: Assertion,
        of seatName: Name,
        over challenge: [UInt8],
        with crypto: Crypto.Type
    ) throws(AssertionRefusal) {
        guard let seat = seat(seatName) else { throw .unknownSeat }
        guard let credential = seat.credentials.first(where: { $0.id == assertion.credentialID }) else {
            for other in seats where other.credentials.contains(where: { $0.id == assertion.credentialID }) {
                throw .otherSeatsCredential(other.name)
            }
            throw .unlistedCredential
        }
        try ClientData.check(assertion.clientDataJSON, challenge: challenge, origin: credential.origin)
        let data = try AuthenticatorData(parsing: assertion.authenticatorData)
        guard data.rpIDHash == Crypto.hash(.sha256, credential.rpID) else { throw .wrongRelyingParty }
        guard data.flags & AuthenticatorData.userPresent != 0 else { throw .userNotPresent }
        guard data.flags & AuthenticatorData.userVerified != 0 else { throw .userNotVerified }
        guard data.flags & AuthenticatorData.backupEligible == 0 else { throw .backupEligible }
        guard data.flags & AuthenticatorData.backedUp == 0 else { throw .backedUp }
        let message = assertion.authenticatorData + Crypto.hash(.sha256, assertion.clientDataJSON)
        guard
            Crypto.verify(
                .ecdsaP256SHA256,
                publicKey: credential.publicKey,
                signature: assertion.signature,
                message
            )
        else { throw .wrongSignature }
    }
}
