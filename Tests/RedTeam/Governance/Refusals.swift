// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import Testing

/// What a verifier says to a story: the rule that refuses, or nothing.
func refusal(
    of story: Story,
    _ bundle: OrderBundle? = nil,
    stops: [Signed<Stop>] = [],
    checkpoint: [UInt8]? = nil,
    now: UInt64? = nil
) throws -> PermitRefusal? {
    do {
        _ = try story.verify(bundle, stops: stops, checkpoint: checkpoint, now: now)
        return nil
    } catch let refusal as PermitRefusal {
        return refusal
    }
}

/// What reading an edited order says.
func refusal(_ action: Action, _ edit: (inout OrderText) throws -> Void) throws -> OrderRefusal? {
    var text = try Story(Council()).draft(action)
    try edit(&text)
    do {
        _ = try Order(parsing: text.bytes)
        return nil
    } catch {
        return error
    }
}
