// SPDX-License-Identifier: Apache-2.0

public import Base

/// The primitives on swift-crypto (BoringSSL), for everything that doesn't run in a browser.
///
/// One file per kind of primitive: `NativeCrypto+….swift`.
public enum NativeCrypto: CryptoProvider {}
