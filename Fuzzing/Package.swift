// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// Fuzz targets, a package of their own because every module is built with coverage and the address sanitizer.
// `Sources` is a link to the product's. Start with `Fuzzing/run`.

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .unsafeFlags(["-sanitize=fuzzer,address"]),
]
let linked: [LinkerSetting] = [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]

func fuzz(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: "Fuzz\(name)",
        dependencies: dependencies + ["Driver"],
        path: "Targets/\(name)",
        swiftSettings: strict,
        linkerSettings: linked
    )
}

let package = Package(
    name: "fuzzing",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "Base", swiftSettings: strict),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .target(name: "COpenSSLShims", dependencies: ["COpenSSL"]),
        .target(name: "Transport", dependencies: ["Base", "COpenSSL", "COpenSSLShims"], swiftSettings: strict),
        .target(name: "Routing", dependencies: ["Base", "Transport"], swiftSettings: strict),
        .target(name: "SFrame", dependencies: ["Base"], swiftSettings: strict),
        .target(name: "MLS", dependencies: ["Base"], swiftSettings: strict),
        .target(name: "Membership", dependencies: ["Base", "MLS"], swiftSettings: strict),
        .target(name: "Meetings", dependencies: ["Base", "MLS", "Membership"], swiftSettings: strict),
        .target(name: "Transparency", dependencies: ["Base"], swiftSettings: strict),

        .target(name: "CLibFuzzer", path: "Support/CLibFuzzer"),
        .target(name: "Driver", dependencies: ["CLibFuzzer"], path: "Support/Driver", swiftSettings: strict),
        .target(
            name: "StandInCrypto",
            dependencies: ["Base"],
            path: "Support/StandInCrypto",
            swiftSettings: strict
        ),

        fuzz("STUN", ["Base", "Transport"]),
        fuzz("Demultiplexer", ["Transport"]),
        fuzz("DTLS", ["Base", "Transport"]),
        fuzz("PeerSession", ["Base", "Transport"]),
        fuzz("TCPFraming", ["Transport"]),
        fuzz("SRTP", ["Base", "Transport"]),
        fuzz("RTPHeader", ["Transport"]),
        fuzz("RTCPCompound", ["Transport"]),
        fuzz("VP8Descriptor", ["Transport"]),
        fuzz("VP9Descriptor", ["Transport"]),
        fuzz("DependencyDescriptor", ["Transport"]),
        fuzz("SessionDescription", ["Transport"]),
        fuzz("Negotiation", ["Base", "Routing", "Transport"]),
        fuzz("SignallingMessage", ["Meetings"]),
        fuzz("NodeMessage", ["Base", "Membership"]),
        fuzz("MLSMessage", ["Base", "MLS", "StandInCrypto"]),
        fuzz("MLSGroup", ["Base", "MLS", "StandInCrypto"]),
        fuzz("SFrame", ["Base", "SFrame"]),
        fuzz("SignedNote", ["Base", "StandInCrypto", "Transparency"]),
        fuzz("LogProof", ["Base", "StandInCrypto", "Transparency"]),
        fuzz("TrustPolicy", ["Base", "StandInCrypto", "Transparency"]),
        fuzz("LogEntry", ["Base", "StandInCrypto", "Transparency"]),
        fuzz("LogTiles", ["Base", "StandInCrypto", "Transparency"]),
        fuzz("WitnessRequest", ["Base", "StandInCrypto", "Transparency"]),
        fuzz("LogMonitor", ["Base", "StandInCrypto", "Transparency"]),
    ],
    swiftLanguageModes: [.v6]
)
