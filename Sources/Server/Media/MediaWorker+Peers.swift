// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Meetings
import Routing
import Transport

extension MediaWorker {
    /// An address may move between networks a few times a minute; a session keeps eight, and so many are looked up.
    private static let addressesPerPeer = 8

    /// A new peer connection; nothing when the worker is full.
    func addPeer(
        _ participant: ParticipantID,
        _ side: MediaSide,
        of meeting: MeetingMedia,
        local: ICECredentials,
        now: Moment
    ) -> MediaPeer? {
        guard peerCount < configuration.maximumPeers else { return nil }
        let session: PeerSession
        do {
            session = try PeerSession(
                PeerSession.Configuration(ice: .lite(local), identity: identity, dtlsRole: .server),
                now: now
            )
        } catch {
            return nil
        }
        let handle: PeerHandle
        if let index = freeHandles.popLast() {
            handle = PeerHandle(index: index)
        } else {
            handle = PeerHandle(index: Int32(peers.count))
            peers.append(nil)
        }
        let peer = MediaPeer(
            handle: handle,
            participant: participant,
            side: side,
            session: session,
            meeting: meeting
        )
        peers[Int(handle.index)] = peer
        peerCount += 1
        addUfrag(local.ufrag, of: peer)
        return peer
    }

    func removePeer(_ peer: MediaPeer, now: Moment) {
        guard let current = peers[Int(peer.handle.index)], current === peer else { return }
        peer.session.close(now: now)
        drain(peer)
        peer.meeting.router.detach(peer.handle)
        for address in peer.addresses {
            table.remove(address, of: peer.handle)
            if address.isTCP, let stream = streams[address.connection] { close(stream) }
        }
        for key in peer.ufrags { ufrags[key] = nil }
        deadlines.set(Int(peer.handle.index) << 1, nil)
        peers[Int(peer.handle.index)] = nil
        freeHandles.append(peer.handle.index)
        peerCount -= 1
    }

    /// From now on checks for this fragment find the peer. The one before stays valid while a restart goes on.
    func addUfrag(_ ufrag: String, of peer: MediaPeer) {
        guard let key = UfragKey(ufrag.utf8) else { return }
        ufrags[key] = peer.handle
        peer.ufrags.append(key)
        while peer.ufrags.count > 2 { ufrags[peer.ufrags.removeFirst()] = nil }
    }

    /// Remembers an address that passed an authentic check.
    func learn(
        _ address: TransportAddress,
        of peer: MediaPeer,
        source: LocalAddress,
        stream: StreamConnection?
    ) {
        stream?.isVerified = true
        if let entry = table.find(address), entry.peer == peer.handle {
            if entry.source != source { table.insert(address, peer: peer.handle, source: source) }
            return
        }
        table.insert(address, peer: peer.handle, source: source)
        var dropped: [TransportAddress] = []
        peer.addresses.removeAll { old in
            guard old == address || !peer.session.hasValidated(old) else { return false }
            if old != address { dropped.append(old) }
            return true
        }
        peer.addresses.append(address)
        while peer.addresses.count > Self.addressesPerPeer { dropped.append(peer.addresses.removeFirst()) }
        for old in dropped {
            table.remove(old, of: peer.handle)
            // A connection that no peer knows any more would stay for as long as its client likes.
            if old.isTCP, let stream = streams[old.connection] { close(stream) }
        }
    }

    /// After anything that may have changed a session: sends what it wrote, hears what happened, notes its deadline.
    func settle(_ peer: MediaPeer, now: Moment) {
        drain(peer)
        while let event = peer.session.pollEvent() {
            switch event {
            case .connected:
                updateDestination(of: peer)
                guard let sealer = peer.session.sealer else { continue }
                peer.isConnected = true
                peer.meeting.router.attach(peer.handle, sealer: sealer)
                touch(peer.meeting)
                peer.meeting.peerChanged(peer, to: .connected)
            case .addressChanged:
                updateDestination(of: peer)
                // Also after consent was lost and found again: an ICE restart ends here.
                if peer.isConnected { peer.meeting.peerChanged(peer, to: .connected) }
            case .disconnected:
                peer.destination = .none
                peer.isLost = true
                peer.meeting.peerChanged(peer, to: .lost)
            }
        }
        deadlines.set(Int(peer.handle.index) << 1, peer.session.nextDeadline)
    }

    private func drain(_ peer: MediaPeer) {
        while let transmit = peer.session.pollTransmit() { send(transmit, of: peer) }
    }

    private func updateDestination(of peer: MediaPeer) {
        guard let address = peer.session.remoteAddress else {
            peer.destination = .none
            return
        }
        if address.isTCP {
            peer.destination = streams[address.connection].map { .stream($0) } ?? .none
        } else {
            let endpoint = cdatagram_endpoint(high: address.high, low: address.low, port: address.port)
            peer.destination = .datagram(endpoint, from: table.find(address)?.source ?? .any)
        }
    }
}
