// SPDX-License-Identifier: Apache-2.0

public import Base

/// One peer connection: ICE, DTLS and SRTP over one bundled transport, without sockets or a clock.
///
/// ```
/// datagram ─▶ STUN ─▶ ICE: proves addresses, selects one ─┐
///          ─▶ DTLS (proved addresses only) ─▶ keys, peer's fingerprint ─┼─▶ connected
///          ─▶ RTP, RTCP ─▶ opened in place, handed back     signalling's fingerprint ┘
/// ```
/// After every call its owner drains ``pollTransmit()`` and ``pollEvent()`` and wakes it at ``nextDeadline``.
/// Opening media allocates nothing. Confined to one thread.
public final class PeerSession {
    /// What one datagram turned out to be.
    public enum Received {
        /// Used up or refused; see ``PeerSession/lastRefusal``.
        case none
        /// The datagram's first `length` bytes are the packet in the clear. The sequence number is ROC‖SEQ.
        case rtp(RTPHeader, length: Int, extendedSequenceNumber: UInt64)
        /// The datagram's first `length` bytes are the compound packet in the clear.
        case rtcp(length: Int)
    }

    private enum Phase {
        case connecting(deadline: Moment)
        case connected
        case ended
    }

    /// Seals what goes to the peer; `nil` unless connected.
    public private(set) var sealer: SRTPSealer?
    /// Opens what comes from the peer; `nil` unless connected. ``receive(_:from:now:)`` does it.
    public private(set) var opener: SRTPOpener?
    /// Where media goes; `nil` unless connected.
    public private(set) var remoteAddress: TransportAddress?
    /// The negotiated protection, once connected.
    public private(set) var profile: SRTPProfile?
    /// The latest reason for which a datagram was dropped, and how many were.
    public private(set) var lastRefusal: PeerRefusal?
    public private(set) var refusals = 0

    private var ice: any ICEEndpoint
    private let dtls: DTLSEndpoint
    private var dtlsStarted = false
    private var remoteFingerprint: Fingerprint?
    private var phase: Phase
    private var latest: Moment
    private var transmits = BoundedQueue<Transmit>(limit: 256)
    private var events = BoundedQueue<PeerEvent>(limit: 32)

    /// - Parameter now: from when ``Configuration/connectTimeout`` counts.
    /// - Throws: when OpenSSL cannot make an endpoint.
    public init(_ configuration: Configuration, now: Moment) throws(DTLSError) {
        dtls = try DTLSEndpoint(
            identity: configuration.identity,
            role: configuration.dtlsRole,
            configuration: configuration.dtls
        )
        switch configuration.ice {
        case .lite(let local): ice = ICELiteAgent(local: local)
        case .full(let full): ice = ICEAgent(full)
        }
        phase = .connecting(deadline: now + configuration.connectTimeout)
        latest = now
    }

    public var isConnected: Bool { if case .connected = phase { true } else { false } }

    /// Whether an authentic connectivity check from or to this address has passed: whoever keeps a table of addresses
    /// may enter it.
    public func hasValidated(_ address: TransportAddress) -> Bool { ice.hasValidated(address) }

    /// What the peer's description says: after an ICE restart again, with the same fingerprint.
    ///
    /// A full agent starts its checks at the next ``handleTimeout(now:)``, which is due at once.
    public func setRemote(credentials: ICECredentials, fingerprint: Fingerprint, candidates: [ICECandidate] = []) {
        guard !isEnded else { return }
        ice.setRemote(credentials, candidates: candidates, now: latest)
        // RFC 8842 §4: another certificate would need a new DTLS association, which is a new session here.
        if let known = remoteFingerprint, known != fingerprint { return end(.fingerprintMismatch, now: latest) }
        remoteFingerprint = fingerprint
        advance(now: latest)
    }

    /// New local credentials; media goes on over the old pair until one of the new generation is selected.
    public func restartICE(local: ICECredentials, now: Moment) {
        guard !isEnded else { return }
        latest = max(latest, now)
        ice.restart(local: local, now: now)
    }

    /// Takes one datagram, or one TCP frame, from the network. Media is opened in place.
    public func receive(
        _ datagram: UnsafeMutableRawBufferPointer,
        from address: TransportAddress,
        now: Moment
    ) -> Received {
        let bytes = UnsafeRawBufferPointer(datagram)
        switch Demultiplexer.classify(bytes) {
        case .rtp: return receiveRTP(datagram)
        case .rtcp: return receiveRTCP(datagram)
        case .stun: receiveSTUN(bytes, from: address, now: now)
        case .dtls: receiveDTLS(bytes, from: address, now: now)
        case .unknown: refuse(.unknownProtocol)
        }
        return .none
    }

    /// When ``handleTimeout(now:)`` is next due; `nil` when nothing is, which is only after the end.
    public var nextDeadline: Moment? {
        var deadline: Moment?
        switch phase {
        case .ended: return nil
        case .connecting(let limit): deadline = limit
        case .connected: break
        }
        if let next = ice.nextDeadline { deadline = min(deadline ?? next, next) }
        if let next = dtls.nextDeadline { deadline = min(deadline ?? next, next) }
        return deadline
    }

    /// Retransmits, keeps consent, gives up: whatever is due. Too early does nothing.
    public func handleTimeout(now: Moment) {
        guard !isEnded else { return }
        latest = max(latest, now)
        if case .connecting(let limit) = phase, limit <= now { return end(.connectTimeout, now: now) }
        ice.handleTimeout(now: now)
        dtls.handleTimeout(now: now)
        advance(now: now)
    }

    /// The next datagram to send, until `nil`.
    public func pollTransmit() -> Transmit? { transmits.popFirst() }

    /// The next event, until `nil`.
    public func pollEvent() -> PeerEvent? { events.popFirst() }

    /// Says goodbye to the peer (close_notify, to be sent like anything else) and ends without an event.
    public func close(now: Moment) {
        guard !isEnded else { return }
        finish(now: now)
    }
}

// MARK: - Media

extension PeerSession {
    private func receiveRTP(_ datagram: UnsafeMutableRawBufferPointer) -> Received {
        guard let opener else { return refuseMedia(.notConnected) }
        guard let header = RTPHeader.parse(UnsafeRawBufferPointer(datagram)) else { return refuseMedia(.malformedRTP) }
        switch opener.open(datagram, header: header) {
        case .success(let opened):
            return .rtp(header, length: opened.length, extendedSequenceNumber: opened.extendedSequenceNumber)
        case .failure(let refusal):
            return refuseMedia(.srtp(refusal))
        }
    }

    private func receiveRTCP(_ datagram: UnsafeMutableRawBufferPointer) -> Received {
        guard let opener else { return refuseMedia(.notConnected) }
        switch opener.openRTCP(datagram) {
        case .success(let length): return .rtcp(length: length)
        case .failure(let refusal): return refuseMedia(.srtp(refusal))
        }
    }

    private func refuseMedia(_ refusal: PeerRefusal) -> Received {
        refuse(refusal)
        return .none
    }

    private func refuse(_ refusal: PeerRefusal) {
        lastRefusal = refusal
        refusals &+= 1
    }
}

// MARK: - Control

extension PeerSession {
    private var isEnded: Bool { if case .ended = phase { true } else { false } }

    private func receiveSTUN(_ datagram: UnsafeRawBufferPointer, from address: TransportAddress, now: Moment) {
        guard !isEnded else { return refuse(.notConnected) }
        latest = max(latest, now)
        do throws(ICERefusal) { try ice.receive(datagram, from: address, now: now) } catch { refuse(.ice(error)) }
        advance(now: now)
    }

    private func receiveDTLS(_ datagram: UnsafeRawBufferPointer, from address: TransportAddress, now: Moment) {
        guard !isEnded else { return refuse(.notConnected) }
        latest = max(latest, now)
        // Otherwise anyone who can spoof an address could start handshakes and aim our flights at others.
        guard ice.hasValidated(address) else { return refuse(.unprovedAddress) }
        dtlsStarted = true
        dtls.receive(datagram, now: now)
        advance(now: now)
    }

    /// Draws the conclusions of whatever has just happened below.
    private func advance(now: Moment) {
        while let transmit = ice.pollTransmit() { transmits.append(transmit) }
        while let event = ice.pollEvent() {
            switch event {
            case .selected(let address):
                guard isConnected, remoteAddress != address else { continue }
                remoteAddress = address
                events.append(.addressChanged(address))
            case .consentExpired: return end(.consentExpired, now: now)
            case .failed: return end(.noPath, now: now)
            }
        }
        if !dtlsStarted, ice.destination != nil {
            dtlsStarted = true
            dtls.start(now: now)
        }
        flushDTLS()
        switch dtls.state {
        case .handshaking: break
        case .established(let result): established(result, now: now)
        case .failed(let error): end(.dtls(error), now: now)
        case .closed: end(.closedByPeer, now: now)
        }
    }

    private func established(_ result: DTLSResult, now: Moment) {
        guard case .connecting = phase, let expected = remoteFingerprint, let address = ice.destination else { return }
        guard result.peerFingerprint == expected else { return end(.fingerprintMismatch, now: now) }
        do throws(SRTPError) {
            sealer = try result.makeSealer()
            opener = try result.makeOpener()
        } catch { return end(.srtp, now: now) }
        profile = result.profile
        remoteAddress = address
        phase = .connected
        events.append(.connected)
    }

    private func flushDTLS() {
        for bytes in dtls.takeDatagrams() {
            // Nothing is sent before an address is proved; DTLS sends its flight again when there is one.
            guard let address = ice.destination ?? remoteAddress else { continue }
            transmits.append(Transmit(address: address, bytes: bytes))
        }
    }

    private func end(_ reason: PeerDisconnection, now: Moment) {
        guard !isEnded else { return }
        finish(now: now)
        events.append(.disconnected(reason))
    }

    private func finish(now: Moment) {
        dtls.close()
        flushDTLS()
        phase = .ended
        sealer = nil
        opener = nil
        remoteAddress = nil
    }
}
