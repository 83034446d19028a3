// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("Passkeys as signatures")
struct AssertionTests {
    private let charter: Charter
    private let council: Council
    private let approval: Approval
    private let challenge: [UInt8]

    init() throws {
        council = try Council()
        charter = try council.charter()
        approval = Approval(
            order: Story.hash("order"),
            charter: council.charterHash,
            seat: try Council.name("alice"),
            decision: .approve,
            reason: Story.hash("reason")
        )
        challenge = approval.challenge(with: NativeCrypto.self)
    }

    private func expect(
        _ refusal: AssertionRefusal,
        _ location: SourceLocation = #_sourceLocation,
        _ make: (SoftwarePasskey) throws -> Assertion
    ) throws {
        let assertion = try make(council.passkey("alice"))
        #expect(throws: refusal, sourceLocation: location) {
            try Signed(approval, assertion).verify(under: charter, with: NativeCrypto.self)
        }
    }

    private func expect(
        _ refusal: AssertionRefusal,
        _ part: String,
        _ other: String,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        try expect(refusal, location) { key in
            let honest = key.clientData(challenge)
            let changed = honest.replacing(part, with: other)
            #expect(changed != honest, sourceLocation: location)
            return try key.assertion(over: challenge, clientData: changed)
        }
    }

    @Test("an honest one holds, by either of a seat's keys, whatever the counter says")
    func honest() throws {
        for key in council.passkeys["alice"] ?? [] {
            for counter in [0, 7, UInt32.max] as [UInt32] {
                let signed = Signed(approval, try key.assertion(over: challenge, counter: counter))
                let verified = try signed.verify(under: charter, with: NativeCrypto.self)
                #expect(verified.statement == approval && verified.hash == signed.hash(with: NativeCrypto.self))
                #expect(try Signed<Approval>(parsing: signed.text) == signed)
            }
        }
        let key = try council.passkey("alice")
        let bare =
            "{\"origin\":\"\(key.origin)\",\"challenge\":\"\(Base64URL.encode(challenge))\",\"type\":\"webauthn.get\"}"
        let assertion = try key.assertion(over: challenge, clientData: bare)
        #expect(throws: Never.self) { try Signed(approval, assertion).verify(under: charter, with: NativeCrypto.self) }
    }

    @Test("what the browser said must be exactly what was to be signed")
    func clientData() throws {
        try expect(.wrongType, "webauthn.get", "webauthn.create")
        try expect(.wrongType, "webauthn.get", "payment.get")
        let text = Base64URL.encode(challenge)
        try expect(.wrongChallenge, text, text + "=")
        try expect(.wrongChallenge, text, Base64URL.encode(challenge.reversed()))
        try expect(.wrongChallenge, text, String(decoding: Base64.encode(challenge), as: UTF8.self))
        try expect(.wrongOrigin, "http://approve.localhost:8443", "https://meet.example")
        try expect(.wrongOrigin, "http://approve.localhost:8443", "http://approve.localhost:8443/")
        try expect(.wrongOrigin, "http://approve.localhost:8443", "http://approve.localhost")
        try expect(.crossOrigin, "\"crossOrigin\":false", "\"crossOrigin\":true")
        try expect(.malformedClientData, "\"crossOrigin\":false", "\"crossOrigin\":\"false\"")
        try expect(.topOrigin, "\"crossOrigin\":false", "\"topOrigin\":\"http://approve.localhost:8443\"")
        try expect(.malformedClientData, "\"webauthn.get\"", "7")
        try expect(.malformedClientData, "\"type\":\"webauthn.get\",", "")
        try expect(.clientData(.duplicateName(at: 0)), "\"crossOrigin\":false", "\"type\":\"webauthn.get\"")
        try expect(.clientData(.duplicateName(at: 0)), "\"crossOrigin\":false", "\"\\u0074ype\":\"webauthn.get\"")
        try expect(.clientData(.trailingBytes(at: 15))) {
            try $0.assertion(over: challenge, clientData: "{\"type\":\"x\" }  x")
        }
        try expect(.malformedClientData) { try $0.assertion(over: challenge, clientData: "[]") }
        try expect(.clientData(.tooLarge)) { key in
            let padded = key.clientData(challenge).replacing("against", with: String(repeating: "x", count: 4_096))
            return try key.assertion(over: challenge, clientData: padded)
        }
        try expect(.clientData(.unexpectedByte(at: 0))) {
            try $0.assertion(over: challenge, clientData: "\u{FEFF}" + $0.clientData(challenge))
        }
    }

    @Test("what the authenticator said: present, verified, bound to its device, for this page")
    func authenticatorData() throws {
        try expect(.userNotPresent) { try $0.assertion(over: challenge, flags: 0x04) }
        try expect(.userNotVerified) { try $0.assertion(over: challenge, flags: 0x01) }
        try expect(.backupEligible) { try $0.assertion(over: challenge, flags: 0x0D) }
        try expect(.backupEligible) { try $0.assertion(over: challenge, flags: 0x1D) }
        try expect(.backedUp) { try $0.assertion(over: challenge, flags: 0x15) }
        try expect(.attestedData) { try $0.assertion(over: challenge, flags: 0x45) }
        try expect(.extensionData) { try $0.assertion(over: challenge, flags: 0x85, extra: [0xA0]) }
        try expect(.authenticatorDataLength) { try $0.assertion(over: challenge, extra: [0xA0]) }
        try expect(.wrongRelyingParty) { try $0.assertion(over: challenge, rpID: "localhost") }
        try expect(.wrongRelyingParty) { try $0.assertion(over: challenge, rpID: "meet.example") }
        try expect(.authenticatorDataLength) { key in
            let honest = try key.assertion(over: challenge)
            return Assertion(
                credentialID: honest.credentialID,
                clientDataJSON: honest.clientDataJSON,
                authenticatorData: Array(honest.authenticatorData.prefix(36)),
                signature: honest.signature
            )
        }
    }

    @Test("whose key it is")
    func credentials() throws {
        let bob = try Council.name("bob")
        try expect(.otherSeatsCredential(bob)) { _ in try council.passkey("bob").assertion(over: challenge) }
        try expect(.unlistedCredential) { _ in try SoftwarePasskey(seed: 1).assertion(over: challenge) }
        try expect(.wrongSignature) { key in
            // Another's key under alice's id.
            let forged = try council.passkey("bob").assertion(over: challenge)
            return Assertion(
                credentialID: key.id,
                clientDataJSON: forged.clientDataJSON,
                authenticatorData: forged.authenticatorData,
                signature: forged.signature
            )
        }
        let stranger = Approval(
            order: approval.order,
            charter: approval.charter,
            seat: try Council.name("zoe"),
            decision: .approve,
            reason: approval.reason
        )
        #expect(throws: AssertionRefusal.unknownSeat) {
            try council.passkey("alice").sign(stranger).verify(under: charter, with: NativeCrypto.self)
        }
    }

    @Test("another order, seat, decision, stage, charter or reason is another challenge")
    func separation() throws {
        let signed = try council.passkey("alice").sign(approval)
        let others = [
            Approval(
                order: Story.hash("x"),
                charter: approval.charter,
                seat: approval.seat,
                decision: .approve,
                reason: approval.reason
            ),
            Approval(
                order: approval.order,
                charter: Story.hash("x"),
                seat: approval.seat,
                decision: .approve,
                reason: approval.reason
            ),
            Approval(
                order: approval.order,
                charter: approval.charter,
                seat: approval.seat,
                decision: .refuse,
                reason: approval.reason
            ),
            Approval(
                order: approval.order,
                charter: approval.charter,
                seat: approval.seat,
                decision: .approve,
                confirming: Story.hash("leaf"),
                reason: approval.reason
            ),
            Approval(
                order: approval.order,
                charter: approval.charter,
                seat: approval.seat,
                decision: .approve,
                reason: Story.hash("x")
            ),
        ]
        for other in others {
            #expect(throws: AssertionRefusal.wrongChallenge) {
                try Signed(other, signed.assertion).verify(under: charter, with: NativeCrypto.self)
            }
        }
    }

    @Test("signatures: every bit counts, and DER has one form")
    func signatures() throws {
        let signed = try council.passkey("alice").sign(approval)
        let assertion = signed.assertion
        func with(_ signature: [UInt8]) -> Signed<Approval> {
            Signed(
                approval,
                Assertion(
                    credentialID: assertion.credentialID,
                    clientDataJSON: assertion.clientDataJSON,
                    authenticatorData: assertion.authenticatorData,
                    signature: signature
                )
            )
        }
        for index in assertion.signature.indices {
            var changed = assertion.signature
            changed[index] ^= 1
            #expect(throws: AssertionRefusal.wrongSignature) {
                try with(changed).verify(under: charter, with: NativeCrypto.self)
            }
        }
        for changed in [
            [], assertion.signature + [0], Array(assertion.signature.dropLast()), [UInt8](repeating: 0, count: 64),
        ] {
            #expect(throws: AssertionRefusal.wrongSignature) {
                try with(changed).verify(under: charter, with: NativeCrypto.self)
            }
        }
    }
}
