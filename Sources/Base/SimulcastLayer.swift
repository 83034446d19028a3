// SPDX-License-Identifier: Apache-2.0

/// The layer of a video track that a viewer asks for. With fewer layers published, the nearest one below is sent.
public enum SimulcastLayer: String, Hashable, Sendable, CaseIterable {
    case off
    case low
    case medium
    case high
}
