// SPDX-License-Identifier: Apache-2.0

import Transport

@testable import Server

/// What a browser would write, as far as the server reads it.
enum ClientDescriptions {
    static let opus = PayloadFormat(
        payloadType: 111,
        name: "opus",
        clockRate: 48_000,
        channels: 2,
        parameters: "minptime=10;useinbandfec=1"
    )
    static let vp8 = PayloadFormat(
        payloadType: 96,
        name: "VP8",
        clockRate: 90_000,
        feedback: ["nack", "nack pli", "transport-cc"]
    )
    static let midExtension: UInt8 = 4

    /// One microphone, section "0".
    static func microphoneOffer(_ client: ClientConnection, version: UInt64 = 1) -> String {
        var section = MediaDescription(kind: .audio, mid: "0", direction: .sendOnly)
        section.payloads = [opus]
        section.extensions = [
            ExtensionMapping(id: midExtension, uri: HeaderExtension.mid.uri),
            ExtensionMapping(id: 1, uri: HeaderExtension.audioLevel.uri),
        ]
        section.msid = MediaStreamID(stream: "-", track: "microphone")
        section.setup = .actpass
        addTransport(of: client, to: &section)
        return SessionDescription(id: 1, version: version, bundle: ["0"], media: [section]).text
    }

    /// Takes everything that is offered; `refusing` leaves out the sections whose codecs include that one.
    static func answer(_ client: ClientConnection, to offer: SessionDescription) -> String {
        var answer = SessionDescription(id: 2, version: offer.version, bundle: offer.bundle)
        for offered in offer.media {
            var section = MediaDescription(
                kind: offered.kind,
                port: offered.port,
                mid: offered.mid,
                direction: offered.direction == .sendOnly ? .receiveOnly : .inactive
            )
            section.payloads = offered.payloads
            section.extensions = offered.extensions
            section.setup = .active
            section.isBundleOnly = offered.isBundleOnly
            addTransport(of: client, to: &section)
            answer.media.append(section)
        }
        return answer.text
    }

    private static func addTransport(of client: ClientConnection, to section: inout MediaDescription) {
        section.iceUfrag = client.credentials.ufrag
        section.icePassword = client.credentials.passwordText
        section.fingerprint = client.identity.fingerprint
        section.hasRTCPMux = true
        section.hasRTCPReducedSize = true
    }
}
