// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// A node's side of signing in. Challenges carry their own proof of origin, so that who only asks for them takes up no memory; what was
/// answered is remembered as long as it could be answered again. It looks up nothing about the account: there is nothing.
public struct SignInDesk<Crypto: CryptoProvider>: Sendable {
    /// Seconds in which a challenge can be answered.
    public static var lifetime: UInt64 { 120 }
    /// Answers remembered in one lifetime.
    public static var mostAnswers: Int { 65_536 }

    private let genesis: DocumentHash
    private let origin: [UInt8]
    private let key: Secret
    /// Challenges answered since `turned`, and in the lifetime before.
    private var recent: Set<[UInt8]> = []
    private var earlier: Set<[UInt8]> = []
    private var turned: UInt64 = 0

    /// - Parameter key: 32 random bytes of this process.
    public init(genesis: DocumentHash, origin: [UInt8], key: Secret) {
        self.genesis = genesis
        self.origin = origin
        self.key = key
    }

    /// The time (8 bytes), 16 random bytes, and a MAC over both, cut to 16 bytes.
    public func challenge(now: EntryTime, using randomness: inout some Randomness) -> [UInt8] {
        var writer = ByteWriter(reserving: 40)
        writer.write(now.seconds)
        writer.write(randomness.bytes(16))
        return writer.bytes + tag(writer.bytes)
    }

    /// - Parameter suspensions: those that this node knows of.
    /// - Returns: whose sign-in it is.
    public mutating func accept(
        _ signIn: SignIn,
        certificate: AccountCertificate,
        suspensions: [Suspension] = [],
        now: EntryTime
    ) throws(SignInRefusal) -> AccountKey {
        guard signIn.genesis == genesis, certificate.genesis == genesis else { throw .otherDeployment }
        guard signIn.origin == origin else { throw .otherOrigin }
        guard signIn.key == certificate.key else { throw .otherAccount }
        guard signIn.challenge.count == 40,
            Secret.equal(Secret(signIn.challenge.suffix(16)), Secret(tag(Array(signIn.challenge.prefix(24)))))
        else { throw .foreignChallenge }
        var reader = ByteReader(signIn.challenge)
        guard let made = reader.readUInt64(), made <= now.seconds, now.seconds - made < Self.lifetime else {
            throw .expired
        }
        guard signIn.isSigned(with: Crypto.self) else { throw .wrongSignature }
        turn(now.seconds)
        guard !recent.contains(signIn.challenge), !earlier.contains(signIn.challenge) else { throw .answeredAlready }
        guard recent.count < Self.mostAnswers else { throw .busy }
        remember(signIn.challenge)
        for suspension in suspensions
        where suspension.genesis == genesis && suspension.applies(to: signIn.key, now: now, with: Crypto.self) {
            throw .suspended(order: suspension.order, until: suspension.until)
        }
        return signIn.key
    }

    mutating func remember(_ challenge: [UInt8]) { recent.insert(challenge) }

    private mutating func turn(_ now: UInt64) {
        guard now >= turned + Self.lifetime else { return }
        earlier = now < turned + 2 * Self.lifetime ? recent : []
        recent = []
        turned = now
    }

    private func tag(_ text: [UInt8]) -> [UInt8] {
        Crypto.hmac(.sha256, key: key, [UInt8](word: "vigil-sign-in-challenge/v1\0") + text)
            .withBytes { Array($0.prefix(16)) }
    }
}
