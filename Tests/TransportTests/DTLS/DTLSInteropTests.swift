// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@testable import Transport

@Suite("DTLS with the openssl command", .serialized, .enabled(if: OpenSSLCommand.isInstalled))
struct DTLSInteropTests {
    @Test("openssl exports the same keys as we do", arguments: SRTPProfile.allCases, [DTLSRole.client, .server])
    func sameKeys(_ profile: SRTPProfile, theirRole: DTLSRole) throws {
        let command = try #require(try OpenSSLCommand())
        try command.start(
            role: theirRole,
            profile: profile.openSSLName,
            exported: 2 * (profile.keyLength + profile.saltLength)
        )
        let identity = try #require(DTLSPair.identities).server
        let endpoint = try DTLSEndpoint(identity: identity, role: theirRole == .client ? .server : .client)
        command.converse(with: endpoint)

        let result = try #require(endpoint.result)
        #expect(result.profile == profile)
        #expect(result.peerFingerprint == (try command.fingerprint()))
        let client = theirRole == .client ? result.openerKeys : result.sealerKeys
        let server = theirRole == .client ? result.sealerKeys : result.openerKeys
        let ours = [client.masterKey, server.masterKey, client.masterSalt, server.masterSalt]
            .flatMap { $0.withBytes { Array($0) } }
        let theirs = hexBytes(try #require(command.keyingMaterial))
        // Compared as a whole, so that a failure prints no key.
        #expect((ours == theirs) as Bool)
        #expect(ours.count == theirs.count)
    }
}
