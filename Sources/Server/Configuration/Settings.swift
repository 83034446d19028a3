// SPDX-License-Identifier: Apache-2.0

import Base
import Logging

/// What the server runs with, every value checked. Made by ``SettingsSources``.
struct Settings: Sendable {
    /// The address that pages and signalling listen on.
    var host: String
    var port: Int
    /// Other devices of the network may join: TLS with a certificate made here, unless ``tls`` names one.
    var isLAN: Bool
    /// Addresses for ICE candidates in place of the machine's own. Empty: the machine's own.
    var publicAddresses: [String]
    /// Media threads take their UDP and TCP ports from here.
    var udpPorts: ClosedRange<UInt16>
    var mediaThreads: Int
    var tls: TLSFiles?
    var turn: TURNSettings?
    var allowedOrigins: AllowedOrigins
    /// What must survive a restart: the public log, and the certificate of `--lan`.
    var dataFolder: String
    /// The web client, or `nil` to look beside the program and the sources.
    var webFolder: String?
    var logLevel: Logger.Level
    /// Totals for Prometheus on the loopback address; `nil` is off.
    var metricsPort: Int?
    var limits: ConnectionLimits
    var log: LogSettings
}

/// A certificate chain and its key, PEM files that the operator keeps up to date.
struct TLSFiles: Hashable, Sendable {
    var certificate: String
    var key: String
}

/// TURN servers that clients are told about (coturn with `use-auth-secret`).
struct TURNSettings: Sendable {
    var urls: [String]
    var secret: Secret
}

/// Which pages may open a signalling connection.
///
/// Any, unless told otherwise: there are no cookies and no other authority that a browser would add by itself, so a
/// foreign page can do no more than its visitor could with a client of their own (docs/operations.md, "Origins").
enum AllowedOrigins: Hashable, Sendable {
    case any
    case listed(Set<String>)

    /// - Parameter origin: the header's value; `nil` where there was none, as from programs that aren't browsers.
    func allows(_ origin: String?) -> Bool {
        switch (self, origin) {
        case (.any, _), (.listed, nil): true
        case (.listed(let origins), .some(let origin)): origins.contains(origin.lowercased())
        }
    }
}

/// How many connections the node holds before it turns strangers away.
struct ConnectionLimits: Hashable, Sendable {
    /// All connections together, joined to a meeting or not.
    var total: Int = 10_000
    /// Connections that haven't joined a meeting.
    var waiting: Int = 1_024
    /// Connections of one address that haven't joined a meeting. Many people behind one router each need only a moment.
    var waitingPerAddress: Int = 256
}
