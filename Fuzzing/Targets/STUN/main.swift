// SPDX-License-Identifier: Apache-2.0

import Base
import Driver
import Transport

fuzz { input in
    _ = STUNPeek.receiverUfrag(in: input)
    if let message = try? STUNMessage.parse(input) { _ = try? message.authenticated(with: Secret([1, 2, 3])) }
}
