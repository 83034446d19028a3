// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// The layout and the arrows between targets: docs/overview.md. a test checks the promised ones.

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "vigil",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "vigil-server", targets: ["Server"]),
        .executable(name: "vigil-bench", targets: ["Benchmarks"]),
        .executable(name: "vigil-vectors", targets: ["Vectors"]),
        .executable(name: "vigil-witness", targets: ["WitnessServer"]),
        .executable(name: "vigil", targets: ["CLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Portable: no Foundation, builds for the browser too.
        .target(name: "Base", swiftSettings: strict),

        // Portable. Messaging Layer Security (RFC 9420).
        .target(name: "MLS", dependencies: ["Base"], swiftSettings: strict),

        // Portable. A meeting as its members see it: link, policy, who may do what, and the member's state machine.
        .target(name: "Membership", dependencies: ["Base", "MLS"], swiftSettings: strict),

        // The primitives for everything that runs outside a browser.
        .target(
            name: "NativeCrypto",
            dependencies: [
                "Base",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),

        // Media frames, RFC 9605. Portable like Base.
        .target(name: "SFrame", dependencies: ["Base"], swiftSettings: strict),

        // The public log: tiles, checkpoints, proofs, witnesses, monitor (C2SP). Portable like Base.
        .target(name: "Transparency", dependencies: ["Base"], swiftSettings: strict),

        // Charter, orders, approvals, and the verifier of order bundles. Portable like Base.
        .target(name: "Governance", dependencies: ["Base", "Transparency"], swiftSettings: strict),

        // An account's keys, certificate, sign-in, suspension. Portable like Base.
        .target(name: "Accounts", dependencies: ["Base", "Governance", "Transparency"], swiftSettings: strict),

        // Sealed records, opened by their owner or under a permit. Portable like Base; never in Server's closure.
        .target(
            name: "Sealing",
            dependencies: ["Accounts", "Base", "Governance", "Transparency"],
            swiftSettings: strict
        ),

        // C at the edges.
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .target(name: "COpenSSLShims", dependencies: ["COpenSSL"]),
        .target(name: "CDatagram"),

        // Logic without I/O.
        .target(name: "Transport", dependencies: ["Base", "COpenSSL", "COpenSSLShims"], swiftSettings: strict),
        .target(name: "Routing", dependencies: ["Base", "Transport"], swiftSettings: strict),
        .target(name: "Meetings", dependencies: ["Base", "MLS", "Membership"], swiftSettings: strict),

        // The edges: sockets, clocks, files.
        .target(
            name: "Participant",
            dependencies: [
                "Base", "CDatagram", "Meetings", "Membership", "NativeCrypto", "SFrame", "Transport",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict
        ),
        // The log's files, its writer's process, and HTTP to witnesses and logs: for node, witness, command line.
        .target(
            name: "LogKeeping",
            dependencies: [
                "Base", "NativeCrypto", "Transparency",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        // What a node must find again after a restart and that isn't in the log.
        .target(
            name: "Persistence",
            dependencies: ["Governance", "Transparency", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict
        ),
        // The web client's files and how they are served: by a node, and by `vigil open`.
        .target(
            name: "WebClient",
            dependencies: [
                "Base", "LogKeeping", "NativeCrypto",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        // The same files inside of a program, if scripts/embed-web ran before the build.
        .target(name: "CWebClient"),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "Accounts", "Base", "CWebClient", "Governance", "LogKeeping", "NativeCrypto", "Sealing", "Transparency",
                "WebClient",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "WitnessServer",
            dependencies: [
                "Base", "LogKeeping", "NativeCrypto", "Transparency",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "Server",
            dependencies: [
                "Base", "CDatagram", "COpenSSL", "LogKeeping", "Meetings", "NativeCrypto", "Routing", "Transparency",
                "Transport", "WebClient",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),

        // `vigil-vectors KIND FILE…` runs other people's test vectors.
        .executableTarget(
            name: "Vectors",
            dependencies: ["Base", "MLS", "NativeCrypto", "SFrame", "Transparency"],
            swiftSettings: strict
        ),

        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Base", "CDatagram", "LogKeeping", "MLS", "Membership", "NativeCrypto", "Participant", "Transparency",
                "Transport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Benchmarks",
            exclude: ["Browser", "Frames", "MallocCounter", "Peers"],
            swiftSettings: strict
        ),

        // Tests. What several suites share lies in Tests/Support.
        .target(name: "MallocCounter", path: "Benchmarks/MallocCounter"),
        .target(
            name: "TestSupport",
            dependencies: ["Base", "Transport"],
            path: "Tests/Support",
            swiftSettings: strict
        ),
        .target(
            name: "ClientSupport",
            dependencies: ["Base", "MLS", "Meetings", "Membership", "NativeCrypto", "TestSupport"],
            path: "Tests/ClientSupport",
            swiftSettings: strict
        ),
        .testTarget(name: "BaseTests", dependencies: ["Base", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "NativeCryptoTests",
            dependencies: ["Base", "NativeCrypto", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SFrameTests",
            dependencies: ["Base", "NativeCrypto", "SFrame", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MLSTests",
            dependencies: ["Base", "MLS", "NativeCrypto", "TestSupport", "Vectors"],
            swiftSettings: strict
        ),
        .target(
            name: "MeetingSupport",
            dependencies: ["Base", "MLS", "Membership", "NativeCrypto", "TestSupport"],
            path: "Tests/MeetingSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "MembershipTests",
            dependencies: ["Base", "MLS", "MeetingSupport", "Membership", "NativeCrypto", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TransparencyTests",
            dependencies: ["Base", "NativeCrypto", "TestSupport", "Transparency", "Vectors"],
            swiftSettings: strict
        ),
        // A charter with keys in software, a log with witnesses, and orders under them.
        .target(
            name: "GovernanceSupport",
            dependencies: ["Base", "Governance", "NativeCrypto", "TestSupport", "Transparency"],
            path: "Tests/GovernanceSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "GovernanceTests",
            dependencies: ["Base", "Governance", "GovernanceSupport", "NativeCrypto", "TestSupport", "Transparency"],
            swiftSettings: strict
        ),
        // A council with custodians, an account and what it has sealed.
        .target(
            name: "SealingSupport",
            dependencies: [
                "Accounts", "Base", "Governance", "GovernanceSupport", "NativeCrypto", "Sealing", "TestSupport",
                "Transparency",
            ],
            path: "Tests/SealingSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "AccountsTests",
            dependencies: [
                "Accounts", "Base", "Governance", "GovernanceSupport", "NativeCrypto", "SealingSupport", "TestSupport",
                "Transparency",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SealingTests",
            dependencies: [
                "Accounts", "Base", "Governance", "GovernanceSupport", "NativeCrypto", "Sealing", "SealingSupport",
                "TestSupport", "Transparency",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PersistenceTests",
            dependencies: ["Governance", "NativeCrypto", "Persistence", "TestSupport", "Transparency"],
            swiftSettings: strict
        ),
        // A process that appends to a log, to be killed; and whole logs for other people's verifiers.
        .executableTarget(
            name: "LogProcess",
            dependencies: ["Base", "LogKeeping", "NativeCrypto", "Transparency"],
            path: "Tests/LogProcess",
            swiftSettings: strict
        ),
        .testTarget(
            name: "CLITests",
            dependencies: [
                "Base", "CLI", "LogKeeping", "LogProcess", "NativeCrypto", "Server", "TestSupport", "Transparency",
                "WebClient",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "LogKeepingTests",
            dependencies: [
                "Base", "LogKeeping", "LogProcess", "NativeCrypto", "TestSupport", "Transparency", "WitnessServer",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RedTeamTests",
            dependencies: [
                "Accounts", "Base", "Governance", "GovernanceSupport", "MLS", "MeetingSupport", "Membership",
                "NativeCrypto", "SFrame", "Sealing", "SealingSupport", "TestSupport", "Transparency",
            ],
            path: "Tests/RedTeam",
            swiftSettings: strict
        ),
        .testTarget(
            name: "TransportTests",
            dependencies: ["Base", "COpenSSL", "COpenSSLShims", "TestSupport", "Transport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RoutingTests",
            dependencies: ["Base", "MallocCounter", "Routing", "TestSupport", "Transport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MeetingsTests",
            dependencies: [
                "Base", "MLS", "ClientSupport", "Meetings", "Membership", "NativeCrypto", "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ParticipantTests",
            dependencies: [
                "Base", "Meetings", "Membership", "Participant", "Routing", "SFrame", "Server", "TestSupport",
                "Transport", "WebClient",
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Base", "CDatagram", "ClientSupport", "Meetings", "Membership", "NativeCrypto", "Routing",
                "LogKeeping", "Server", "TestSupport", "Transparency", "Transport", "WebClient",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
