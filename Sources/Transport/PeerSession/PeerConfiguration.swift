// SPDX-License-Identifier: Apache-2.0

public import Base

extension PeerSession {
    public enum ICEMode: Sendable {
        /// The server: answers checks.
        case lite(ICECredentials)
        /// The participant: sends checks.
        case full(ICEAgent.Configuration)
    }

    public struct Configuration: Sendable {
        public var ice: ICEMode
        public var identity: DTLSIdentity
        public var dtlsRole: DTLSRole
        public var dtls: DTLSConfiguration
        /// From `init` to connected. It bounds how long a half-open session costs memory.
        public var connectTimeout: Interval

        public init(
            ice: ICEMode,
            identity: DTLSIdentity,
            dtlsRole: DTLSRole,
            dtls: DTLSConfiguration = DTLSConfiguration(),
            connectTimeout: Interval = .seconds(30)
        ) {
            self.ice = ice
            self.identity = identity
            self.dtlsRole = dtlsRole
            self.dtls = dtls
            self.connectTimeout = connectTimeout
        }
    }
}
