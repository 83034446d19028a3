// SPDX-License-Identifier: Apache-2.0

/// What a client knows from outside of the deployment: pinned by the person, or in a directory that they trust. Everything else is
/// the operator's claim.
public struct KnownKeys: Hashable, Sendable {
    public struct Witness: Hashable, Sendable {
        /// Ed25519, 32 bytes.
        public let publicKey: [UInt8]
        public let organisation: Name

        public init(publicKey: [UInt8], organisation: Name) {
            self.publicKey = publicKey
            self.organisation = organisation
        }
    }

    public struct SeatKey: Hashable, Sendable {
        /// An uncompressed point of P-256, 65 bytes.
        public let publicKey: [UInt8]
        /// Of whom, and where, as the person knows it: what the charter says doesn't count.
        public let organisation: Name
        public let home: Country

        public init(publicKey: [UInt8], organisation: Name, home: Country) {
            self.publicKey = publicKey
            self.organisation = organisation
            self.home = home
        }
    }

    public var seats: [SeatKey]
    public var witnesses: [Witness]
    /// Independent copies of the log that the client knows of.
    public var mirrors: Int
    /// The client was built reproducibly, its hash is in the log, and it didn't come from the node that it talks to.
    public var clientIsIndependent: Bool

    public init(
        seats: [SeatKey] = [],
        witnesses: [Witness] = [],
        mirrors: Int = 0,
        clientIsIndependent: Bool = false
    ) {
        self.seats = seats
        self.witnesses = witnesses
        self.mirrors = mirrors
        self.clientIsIndependent = clientIsIndependent
    }
}
