// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@testable import Transport

@Suite("DTLS handshake")
struct DTLSHandshakeTests {
    @Test("both sides agree on keys, and each sees the other's certificate")
    func agrees() throws {
        let pair = try DTLSPair()
        pair.run()
        let client = try #require(pair.client.result)
        let server = try #require(pair.server.result)
        let identities = try #require(DTLSPair.identities)
        #expect(client.profile == .aeadAES128GCM)
        #expect(server.profile == .aeadAES128GCM)
        #expect(client.sealerKeys.matches(server.openerKeys))
        #expect(client.openerKeys.matches(server.sealerKeys))
        #expect(!client.openerKeys.matches(client.sealerKeys))
        #expect(client.sealerKeys.masterKey.count == 16)
        #expect(client.sealerKeys.masterSalt.count == 12)
        #expect(client.peerFingerprint == identities.server.fingerprint)
        #expect(server.peerFingerprint == identities.client.fingerprint)
        #expect(pair.elapsed == .milliseconds(40))
        #expect(pair.client.nextDeadline == nil)
        #expect(pair.server.nextDeadline == nil)
    }

    @Test("profiles can be pinned on either side", arguments: SRTPProfile.allCases, [true, false])
    func pinned(_ profile: SRTPProfile, atClient: Bool) throws {
        var configuration = DTLSConfiguration()
        configuration.profiles = [profile]
        let pair =
            atClient
            ? try DTLSPair(clientConfiguration: configuration) : try DTLSPair(serverConfiguration: configuration)
        pair.run()
        let client = try #require(pair.client.result)
        let server = try #require(pair.server.result)
        #expect(client.profile == profile)
        #expect(server.profile == profile)
        #expect(client.sealerKeys.matches(server.openerKeys))
        #expect(client.sealerKeys.masterSalt.count == profile.saltLength)
    }

    @Test("without a common profile nobody gets keys")
    func noCommonProfile() throws {
        var gcm = DTLSConfiguration()
        gcm.profiles = [.aeadAES128GCM]
        var counter = DTLSConfiguration()
        counter.profiles = [.aes128CMHMACSHA1_80]
        let pair = try DTLSPair(clientConfiguration: gcm, serverConfiguration: counter)
        pair.run()
        #expect(pair.client.error == .noCommonProfile)
        #expect(pair.server.error == .noCommonProfile)
    }

    @Test("a client without a certificate is refused")
    func certificateRequired() throws {
        let pair = try DTLSPair()
        pair.client.withholdCertificate()
        pair.run()
        #expect(pair.server.error == .handshakeFailed)
        guard case .refusedByPeer = pair.client.error else {
            Issue.record("the client should have been told")
            return
        }
    }

    @Test("another certificate shows as another fingerprint")
    func strangerShows() throws {
        let stranger = try DTLSIdentity.make()
        let pair = try DTLSPair(client: stranger)
        pair.run()
        let identities = try #require(DTLSPair.identities)
        #expect(pair.server.result?.peerFingerprint == stranger.fingerprint)
        #expect(pair.server.result?.peerFingerprint != identities.client.fingerprint)
    }

    @Test("close_notify closes both sides, once")
    func closes() throws {
        let pair = try DTLSPair()
        pair.run()
        pair.client.close()
        #expect(pair.client.isClosed)
        pair.collect()
        pair.run()
        #expect(pair.server.isClosed)
        pair.server.close()
        #expect(pair.server.takeDatagrams().isEmpty)
        #expect(pair.server.nextDeadline == nil)
    }

    @Test("a peer that never answers costs thirty seconds, a dozen retransmissions and a typed failure")
    func timesOut() throws {
        let pair = try DTLSPair()
        pair.fate = { _, _ in .lose }
        pair.run()
        #expect(pair.client.error == .handshakeTimedOut)
        #expect(pair.server.error == .handshakeTimedOut)
        #expect(pair.elapsed == .seconds(30))
        #expect(pair.sent.count == 13)
    }

    @Test("retransmission waits 100 ms, then doubles up to its cap")
    func backsOff() throws {
        let client = try DTLSPair().client
        var now = Moment(nanoseconds: 0)
        client.start(now: now)
        #expect(client.takeDatagrams().count == 1)
        for wait in [100, 200, 400, 800, 1600, 2000, 2000] as [Int64] {
            #expect(client.nextDeadline == now + .milliseconds(wait))
            client.handleTimeout(now: now + .milliseconds(wait - 1))
            #expect(client.takeDatagrams().isEmpty)
            now = now + .milliseconds(wait)
            client.handleTimeout(now: now)
            #expect(client.takeDatagrams().count == 1)
        }
    }
}
