// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@testable import Routing

@Suite("The choice of a layer")
struct LayerChoiceTests {
    @Test(
        "the wish or the nearest below that sends",
        arguments: [
            (SimulcastLayer.off, 3, 0b111, nil), (.low, 3, 0b111, 0), (.medium, 3, 0b111, 1), (.high, 3, 0b111, 2),
            (.high, 3, 0b011, 1), (.high, 3, 0b001, 0), (.high, 2, 0b11, 1), (.medium, 1, 0b1, 0),
            (.low, 3, 0b110, 1), (.high, 3, 0, 2), (.low, 0, 0, nil),
        ] as [(SimulcastLayer, Int, Int, Int?)]
    )
    func choice(wish: SimulcastLayer, count: Int, active: Int, expected: Int?) {
        #expect(LayerChoice.layer(wish: wish, count: count, active: UInt8(active)) == expected)
    }
}
