// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// The browser's build of the core: scripts/build-wasm. How and why: docs/wasm.md.
//
// A package of its own, because these targets can't be built for the machine and two copies of BoringSSL must not meet
// in one program. Base, MLS, Membership, SFrame and Transparency are the very folders that the native build compiles; BoringSSL comes from
// the root package's checkout of swift-crypto.

import PackageDescription

// Paths don't get into the module: the same bytes from any folder.
let root = Context.packageDirectory + "/.."
// The folder above bin/swift.
let toolchain = Context.environment["SWIFT_TOOLCHAIN"] ?? "/usr"

let swift: [SwiftSetting] = [
    .enableExperimentalFeature("Embedded"),
    .enableExperimentalFeature("Extern"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .unsafeFlags([
        // Without -parse-as-library a target of one file is a script, whose globals silently stay zero.
        "-wmo", "-Osize", "-parse-as-library",
        "-file-prefix-map", "\(Context.packageDirectory)=core", "-file-prefix-map", "\(root)=.",
        // Otherwise a hash of the module differs from folder to folder.
        "-Xfrontend", "-disable-incremental-llvm-codegen",
        // Constant arrays become globals that each module numbers for itself, but that the linker merges by name: one module would
        // read another's array (docs/wasm.md).
        "-Xllvm", "-sil-disable-pass=object-outliner",
    ]),
]

let wasi = [
    "-isystem", "/usr/include/wasm32-wasi", "-D__wasi__", "-Oz", "-g0", "-ffunction-sections", "-fdata-sections",
    "-fvisibility=hidden", "-mbulk-memory", "-msimd128",
    "-ffile-prefix-map=\(Context.packageDirectory)=core", "-ffile-prefix-map=\(root)=.",
]

let cxx: [CXXSetting] = [
    .define("NDEBUG"), .define("OPENSSL_NO_ASM"),
    .define("OPENSSL_NO_THREADS_CORRUPT_MEMORY_AND_LEAK_SECRETS_IF_THREADED"),
    // Small tables: 24 kB less, signing and making keys on Curve25519 take twice as long (a tenth of a millisecond).
    .define("OPENSSL_SMALL"),
    // BoringSSL's constant-time AES over eight blocks at once, by way of Compat/emmintrin.h: three times as fast.
    .define("__SSE2__"), .headerSearchPath("../Compat"),
    .unsafeFlags(["-isystem", "/usr/include/wasm32-wasi/c++/v1"] + wasi + ["-fno-exceptions", "-fno-rtti"]),
]

let boringSources =
    [
        "aes/aes", "bn/bn_asn1", "bn/convert", "bytestring/cbb", "bytestring/cbs", "chacha/chacha",
        "cipher/e_chacha20poly1305", "crypto", "curve25519/curve25519", "ecdh/ecdh", "ecdsa/ecdsa_asn1",
        "engine/engine", "err/err", "ex_data", "fipsmodule/bcm", "mem", "poly1305/poly1305", "rand/fork_detect",
        "rand/forkunsafe", "rand/getentropy", "rand/rand", "refcount", "sha/sha256", "sha/sha512", "stack/stack",
        "thread_none",
    ].map { "crypto/\($0).cc" } + ["gen/crypto/err_data.cc"]

let link: [LinkerSetting] = [
    .unsafeFlags([
        "-Xclang-linker", "-nostdlib", "-Xlinker", "--no-entry",
        // The stack first: overflowing it traps instead of running into data.
        "-Xlinker", "--stack-first", "-Xlinker", "-z", "-Xlinker", "stack-size=262144",
        "-Xlinker", "--max-memory=268435456", "-Xlinker", "--strip-all",
        "-L/usr/lib/wasm32-wasi", "-lc",
        "/usr/lib/llvm-19/lib/clang/19/lib/wasi/libclang_rt.builtins-wasm32.a",
        toolchain + "/lib/swift/embedded/wasm32-unknown-none-wasm/libswiftUnicodeDataTables.a",
    ])
]

// With VIGIL_CORE_VECTORS=1 also the module for tests alone: primitives and groups one by one, and the official vectors.
let vectors: [Target] = [
    .target(
        name: "Vectors",
        dependencies: ["Base", "MLS", "PortableCrypto", "SFrame", "Transparency"],
        exclude: ["VectorsMain.swift"],
        swiftSettings: swift
    ),
    // Fuzzing's: what lets changed bytes past signatures.
    .target(name: "StandInCrypto", dependencies: ["Base"], swiftSettings: swift),
    .executableTarget(
        name: "CoreVectors",
        dependencies: [
            "Base", "Boundary", "CWasmHost", "MLS", "PortableCrypto", "SFrame", "StandInCrypto", "Vectors",
        ],
        swiftSettings: swift,
        linkerSettings: link
    ),
]

let package = Package(
    name: "vigil-core",
    targets: [
        .target(name: "CBoringSSL", sources: boringSources, cxxSettings: cxx),
        .target(name: "CPrimitives", dependencies: ["CBoringSSL"], cxxSettings: cxx),
        .target(
            name: "CWasmHost",
            cSettings: [.unsafeFlags(["-fno-builtin", "-fno-stack-protector"] + wasi)]
        ),
        .target(name: "Base", swiftSettings: swift),
        .target(name: "MLS", dependencies: ["Base"], swiftSettings: swift),
        .target(name: "Membership", dependencies: ["Base", "MLS"], swiftSettings: swift),
        .target(name: "SFrame", dependencies: ["Base"], swiftSettings: swift),
        .target(name: "Transparency", dependencies: ["Base"], swiftSettings: swift),
        .target(name: "Governance", dependencies: ["Base", "Transparency"], swiftSettings: swift),
        // In no module yet: scripts/build-wasm builds them all the same, which keeps them portable.
        .target(name: "Accounts", dependencies: ["Base", "Governance", "Transparency"], swiftSettings: swift),
        .target(name: "Sealing", dependencies: ["Accounts", "Base", "Governance", "Transparency"], swiftSettings: swift),
        .target(name: "PortableCrypto", dependencies: ["Base", "CPrimitives"], swiftSettings: swift),
        // How calls are read and answered.
        .target(name: "Boundary", dependencies: ["Base", "CWasmHost", "SFrame"], swiftSettings: swift),
        .executableTarget(
            name: "Core",
            dependencies: ["Base", "Boundary", "CWasmHost", "Membership", "PortableCrypto", "SFrame"],
            swiftSettings: swift,
            linkerSettings: link
        ),
        // A module of its own, for the page that shows the log: meetings needn't load it.
        .executableTarget(
            name: "Audit",
            dependencies: ["Base", "Boundary", "CWasmHost", "Governance", "PortableCrypto", "Transparency"],
            swiftSettings: swift,
            linkerSettings: link
        ),
    ] + (Context.environment["VIGIL_CORE_VECTORS"] == "1" ? vectors : []),
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
