// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The options as people type them. What they mean is decided in ``SettingsReader``, for all sources alike.
struct CommandLineOptions: ParsableArguments {
    @Option(help: "Read settings from this YAML file, too. \(variable("VIGIL_CONFIG"))")
    var config: String?

    @Option(help: "Address to listen on for pages and signalling. \(variable(.host)) (default: 127.0.0.1)")
    var host: String?

    @Option(help: "Its TCP port. \(variable(.port)) (default: 8080, with TLS 8443)")
    var port: String?

    @Flag(
        help: """
            Let other devices on this network join: listen on all addresses, with TLS. Without --tls-certificate, \
            a certificate is made once and kept in the data folder. \(variable(.lan))
            """
    )
    var lan = false

    @Option(
        help: """
            Address for media that clients are told in place of the machine's own, for servers behind a translated \
            address; may be repeated. \(variable(.publicAddress))
            """
    )
    var publicAddress: [String] = []

    @Option(help: "UDP and TCP ports for media, one per media thread. \(variable(.udpPorts)) (default: 40000-40099)")
    var udpPorts: String?

    @Option(help: "Threads that forward media. \(variable(.mediaThreads)) (default: half the processors)")
    var mediaThreads: String?

    @Option(help: "Certificate chain, a PEM file. \(variable(.tlsCertificate))")
    var tlsCertificate: String?

    @Option(help: "The certificate's key, a PEM file. \(variable(.tlsKey))")
    var tlsKey: String?

    @Option(
        name: .customLong("turn-urls"),
        help: "TURN server that clients may use (turn:HOST:PORT); may be repeated. \(variable(.turnURLs))"
    )
    var turnURLs: [String] = []

    @Option(help: "Secret shared with the TURN server (coturn: static-auth-secret). \(variable(.turnSecret))")
    var turnSecret: String?

    @Option(
        name: .customLong("allowed-origins"),
        help: """
            Web origin whose pages may open meetings here; may be repeated. \(variable(.allowedOrigins)) \
            (default: any; docs/operations.md says why that is safe)
            """
    )
    var allowedOrigins: [String] = []

    @Option(help: "Folder for what must survive a restart. \(variable(.data)) (default: ~/.local/share/vigil)")
    var data: String?

    @Option(help: "Folder of the web client. \(variable(.web)) (default: web/ beside the program or its sources)")
    var web: String?

    @Option(
        help: """
            Name of this node's public log, its address without https://; can't be changed once it has one. \
            \(variable(.logOrigin)) (default: a random one)
            """
    )
    var logOrigin: String?

    @Option(
        help: """
            Policy file (c2sp.org/tlog-policy): the log's witnesses, and how many of them must have seen a checkpoint \
            before it is published. \(variable(.logPolicy)) (default: "quorum none", that is, nobody but this node)
            """
    )
    var logPolicy: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical. \(variable(.logLevel)) (default: notice)")
    var logLevel: String?

    @Option(help: "Serve totals for Prometheus at this port of 127.0.0.1. \(variable(.metricsPort)) (default: off)")
    var metricsPort: String?

    @Option(help: "Most connections at a time. \(variable(.maximumConnections)) (default: 10000)")
    var maximumConnections: String?

    @Option(
        help: """
            Most connections of one address that haven't joined a meeting yet; behind a reverse proxy everyone has \
            the proxy's. \(variable(.connectionsPerAddress)) (default: 256)
            """
    )
    var connectionsPerAddress: String?

    /// What was given, by setting.
    var values: [SettingKey: [String]] {
        var values: [SettingKey: [String]] = [:]
        let single: [(SettingKey, String?)] = [
            (.host, host), (.port, port), (.lan, lan ? "true" : nil), (.udpPorts, udpPorts),
            (.mediaThreads, mediaThreads), (.tlsCertificate, tlsCertificate), (.tlsKey, tlsKey),
            (.turnSecret, turnSecret), (.data, data), (.web, web), (.logOrigin, logOrigin), (.logPolicy, logPolicy),
            (.logLevel, logLevel), (.metricsPort, metricsPort),
            (.maximumConnections, maximumConnections), (.connectionsPerAddress, connectionsPerAddress),
        ]
        for case (let key, .some(let text)) in single { values[key] = [text] }
        let lists: [(SettingKey, [String])] = [
            (.publicAddress, publicAddress), (.turnURLs, turnURLs), (.allowedOrigins, allowedOrigins),
        ]
        for (key, texts) in lists where !texts.isEmpty { values[key] = texts }
        return values
    }

    private static func variable(_ key: SettingKey) -> String { variable(key.environmentVariable) }

    private static func variable(_ name: String) -> String { "[\(name)]" }
}
