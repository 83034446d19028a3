// SPDX-License-Identifier: Apache-2.0

import Base

/// Which of a track's layers a viewer should get.
enum LayerChoice {
    /// - Parameters:
    ///   - wish: what the viewer asked for.
    ///   - count: layers published, low to high.
    ///   - active: bit n is set when layer n sends at the moment.
    /// - Returns: the layer's index; `nil` for none. The best active one not above the wish, else the lowest active one,
    ///   else (nothing sends) the one that is wished for.
    static func layer(wish: SimulcastLayer, count: Int, active: UInt8) -> Int? {
        guard count > 0, let rank = rank(wish) else { return nil }
        let wished = min(rank, count - 1)
        for index in stride(from: wished, through: 0, by: -1) where active & (1 << UInt8(index)) != 0 { return index }
        for index in wished..<count where active & (1 << UInt8(index)) != 0 { return index }
        return wished
    }

    private static func rank(_ wish: SimulcastLayer) -> Int? {
        switch wish {
        case .off: nil
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}
