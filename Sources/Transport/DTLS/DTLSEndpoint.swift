// SPDX-License-Identifier: Apache-2.0

public import Base
import COpenSSL
import COpenSSLShims

/// One side of a DTLS 1.2 association for DTLS-SRTP (RFC 6347, RFC 5764), without sockets and without a clock.
///
/// ```
/// start ─▶ handshaking ─▶ established ─▶ closed      close_notify from either side
///              └──────────────┴────────▶ failed      timeout, alert, broken rule
/// ```
/// After every call its owner sends what ``takeDatagrams()`` holds and wakes it at ``nextDeadline``. It stays alive
/// after the handshake: a peer that lost our last flight asks for it again, and close_notify comes late.
///
/// Confined to one thread.
public final class DTLSEndpoint {
    public enum State: Sendable {
        case handshaking
        case established(DTLSResult)
        case failed(DTLSError)
        case closed
    }

    public let role: DTLSRole
    public private(set) var state = State.handshaking

    private let configuration: DTLSConfiguration
    private let connection: OpaquePointer
    private let link: UnsafeMutablePointer<vigil_dtls_link>
    private var datagrams: [[UInt8]] = []

    private var handshakeDeadline: Moment?
    private var retransmitAt: Moment?
    /// What ``retransmitAt`` was set for.
    private var scheduled: (flight: UInt32, retransmission: UInt32) = (0, 0)

    /// A burst is one flight in the smallest datagrams; more than this is never waiting.
    private static let maximumWaitingDatagrams = 128

    public init(
        identity: DTLSIdentity,
        role: DTLSRole,
        configuration: DTLSConfiguration = DTLSConfiguration()
    ) throws(DTLSError) {
        defer { ERR_clear_error() }
        guard let connection = SSL_new(identity.context.pointer) else { throw .libraryFailure }
        self.connection = connection
        self.role = role
        self.configuration = configuration
        link = .allocate(capacity: 1)
        link.initialize(to: vigil_dtls_link())
        link.pointee.initial_microseconds = DTLSEndpoint.microseconds(configuration.initialRetransmission)
        link.pointee.maximum_microseconds = DTLSEndpoint.microseconds(configuration.maximumRetransmission)
        link.pointee.lends_timer = configuration.ownsTimer ? 1 : 0
        link.pointee.sink = Unmanaged.passUnretained(self).toOpaque()
        link.pointee.write = { sink, bytes, length in
            guard let sink else { return }
            Unmanaged<DTLSEndpoint>.fromOpaque(sink).takeUnretainedValue()
                .queue(UnsafeBufferPointer(start: bytes, count: length))
        }
        let profiles = configuration.profiles.map(\.openSSLName).joined(separator: ":")
        // When it puts several records into one datagram, OpenSSL forgets the header of the last (seen: 12 bytes over).
        let size = min(max(configuration.maximumDatagramSize - 32, 256), 16_384)
        // SSL_set_tlsext_use_srtp returns 0 on success.
        guard SSL_set_tlsext_use_srtp(connection, profiles) == 0, vigil_dtls_attach(connection, link) == 1,
            vigil_dtls_set_datagram_size(connection, size) == 1
        else { throw .libraryFailure }
        switch role {
        case .client: SSL_set_connect_state(connection)
        case .server: SSL_set_accept_state(connection)
        }
    }

    deinit {
        SSL_free(connection)
        link.deinitialize(count: 1)
        link.deallocate()
    }

    /// Begins the handshake and its time limit; a client speaks at once. Harmless when repeated.
    public func start(now: Moment) {
        guard handshakeDeadline == nil, case .handshaking = state else { return }
        handshakeDeadline = now + configuration.handshakeTimeout
        if role == .client { advance(now: now) }
    }

    /// Takes one datagram that the demultiplexer found to be DTLS (RFC 7983 §7). What is malformed is dropped.
    public func receive(_ datagram: UnsafeRawBufferPointer, now: Moment) {
        start(now: now)
        guard isOpen, DTLSRecordFilter.accepts(datagram, role: role) else { return }
        link.pointee.input = datagram.baseAddress?.assumingMemoryBound(to: UInt8.self)
        link.pointee.input_length = datagram.count
        advance(now: now)
        link.pointee.input = nil
    }

    public func receive(_ datagram: [UInt8], now: Moment) {
        datagram.withUnsafeBytes { receive($0, now: now) }
    }

    /// When ``handleTimeout(now:)`` is next due; `nil` while nothing is.
    public var nextDeadline: Moment? {
        guard isOpen else { return nil }
        guard case .handshaking = state, let handshakeDeadline else { return retransmitAt }
        return retransmitAt.map { min($0, handshakeDeadline) } ?? handshakeDeadline
    }

    /// Retransmits, or gives up, whichever is due. Too early does nothing.
    public func handleTimeout(now: Moment) {
        guard isOpen else { return }
        if case .handshaking = state, let handshakeDeadline, now >= handshakeDeadline {
            state = .failed(.handshakeTimedOut)
            return
        }
        guard let retransmitAt, now >= retransmitAt else { return }
        ERR_clear_error()
        let result = vigil_dtls_retransmit(connection, link)
        ERR_clear_error()
        guard result >= 0 else {
            state = .failed(.handshakeTimedOut)
            return
        }
        schedule(now: now)
    }

    /// What is to be sent, one element a datagram, in order.
    public func takeDatagrams() -> [[UInt8]] {
        defer { datagrams = [] }
        return datagrams
    }

    /// Tells an established peer goodbye (close_notify, to be sent like anything else) and ends.
    public func close() {
        guard isOpen else { return }
        if case .established = state { sayGoodbye() }
        state = .closed
    }

    /// For tests of peers that break the rule that both sides show a certificate.
    package func withholdCertificate() {
        SSL_certs_clear(connection)
    }
}

// MARK: - OpenSSL

extension DTLSEndpoint {
    private var isOpen: Bool {
        switch state {
        case .handshaking, .established: true
        case .failed, .closed: false
        }
    }

    private func queue(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard datagrams.count < DTLSEndpoint.maximumWaitingDatagrams else { return }
        datagrams.append(Array(bytes))
    }

    /// Lets OpenSSL work until it wants the next datagram. It may say so once too often (an out-of-order
    /// ChangeCipherSpec is dropped that way while records of the same datagram wait behind it), hence the rounds.
    private func advance(now: Moment) {
        for _ in 0..<16 {
            let wasEstablished = isEstablished
            let wantsMore = wasEstablished ? readRecords() : shakeHands()
            guard isOpen else { break }
            if wantsMore && SSL_has_pending(connection) == 0 && link.pointee.input == nil { break }
        }
        ERR_clear_error()
        schedule(now: now)
    }

    private var isEstablished: Bool {
        if case .established = state { true } else { false }
    }

    /// Whether OpenSSL wants another datagram.
    private func shakeHands() -> Bool {
        ERR_clear_error()
        let result = SSL_do_handshake(connection)
        if result == 1 {
            finish()
            return false
        }
        switch SSL_get_error(connection, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE:
            return true
        default:
            state = .failed(DTLSEndpoint.handshakeError())
            return true
        }
    }

    /// Application data is read and forgotten: what matters is that retransmissions and alerts are answered.
    private func readRecords() -> Bool {
        ERR_clear_error()
        let result = withUnsafeTemporaryAllocation(byteCount: 2048, alignment: 16) { buffer in
            SSL_read(connection, buffer.baseAddress, Int32(buffer.count))
        }
        guard result <= 0 else { return false }
        switch SSL_get_error(connection, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE:
            break
        case SSL_ERROR_ZERO_RETURN:
            sayGoodbye()
            state = .closed
        default:
            state = .failed(.connectionFailed)
        }
        return true
    }

    private func sayGoodbye() {
        ERR_clear_error()
        SSL_shutdown(connection)
        ERR_clear_error()
    }

    private func schedule(now: Moment) {
        var left: Int64 = 0
        guard isOpen, vigil_dtls_timer_is_running(connection, &left) == 1,
            link.pointee.retransmissions < UInt32(VIGIL_DTLS_MAXIMUM_RETRANSMISSIONS)
        else {
            retransmitAt = nil
            return
        }
        guard configuration.ownsTimer else {
            // OpenSSL may have retransmitted by itself, or not when we thought it would.
            retransmitAt = now + .microseconds(left)
            return
        }
        let present = (flight: link.pointee.flights, retransmission: link.pointee.retransmissions)
        guard present != scheduled else { return }
        scheduled = present
        retransmitAt = now + .microseconds(Int64(link.pointee.wait_microseconds))
    }

    /// OpenSSL numbers what a peer's alert reports 1000 + the alert's description.
    private static func handshakeError() -> DTLSError {
        let reason = ERR_GET_REASON(ERR_peek_last_error())
        guard let alert = UInt8(exactly: Int(reason) - 1000) else { return .handshakeFailed }
        return .refusedByPeer(alert: alert)
    }

    private static func microseconds(_ interval: Interval) -> UInt32 {
        UInt32(clamping: interval.nanoseconds / 1000)
    }
}

// MARK: - The result

extension DTLSEndpoint {
    private func finish() {
        guard let selected = SSL_get_selected_srtp_profile(connection),
            let profile = UInt16(exactly: selected.pointee.id).flatMap(SRTPProfile.init(rawValue:)),
            configuration.profiles.contains(profile)
        else {
            sayGoodbye()
            state = .failed(.noCommonProfile)
            return
        }
        guard let certificate = SSL_get1_peer_certificate(connection) else {
            state = .failed(.handshakeFailed)
            return
        }
        defer { X509_free(certificate) }
        do throws(DTLSError) {
            let (client, server) = try exportKeys(profile)
            state = .established(
                DTLSResult(
                    profile: profile,
                    sealerKeys: role == .client ? client : server,
                    openerKeys: role == .client ? server : client,
                    peerFingerprint: try DTLSCertificate.fingerprint(of: certificate)
                )
            )
        } catch {
            state = .failed(error)
        }
    }

    /// RFC 5764 §4.2: client key, server key, client salt, server salt.
    private func exportKeys(_ profile: SRTPProfile) throws(DTLSError) -> (client: SRTPKeys, server: SRTPKeys) {
        let key = profile.keyLength
        let salt = profile.saltLength
        return try withUnsafeTemporaryAllocation(byteCount: 2 * (key + salt), alignment: 16) {
            buffer throws(DTLSError) in
            let label = "EXTRACTOR-dtls_srtp"
            let done = SSL_export_keying_material(
                connection,
                buffer.baseAddress?.assumingMemoryBound(to: UInt8.self),
                buffer.count,
                label,
                label.utf8.count,
                nil,
                0,
                0
            )
            defer { OPENSSL_cleanse(buffer.baseAddress, buffer.count) }
            guard done == 1 else { throw .libraryFailure }
            let salts = 2 * key
            return (
                SRTPKeys(masterKey: Secret(buffer[..<key]), masterSalt: Secret(buffer[salts..<salts + salt])),
                SRTPKeys(masterKey: Secret(buffer[key..<salts]), masterSalt: Secret(buffer[(salts + salt)...]))
            )
        }
    }
}
