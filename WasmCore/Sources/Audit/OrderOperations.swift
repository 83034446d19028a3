// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import Governance
import PortableCrypto
import Transparency

/// Orders, judged as nodes judge them.
enum OrderOperations {
    /// What a bundle permits: the action's name, the order's hash, the subject, until when, and the size of the tree it was judged by.
    static func verify(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let file = try fields.bytes()
        let hash = try fields.bytes()
        let note = try fields.bytes()
        let now = try fields.time()
        var stops: [Signed<Stop>] = []
        for text in try fields.files() {
            // Whoever hands over what is no stop is told so: a stop that can't be read must not be overlooked.
            guard let text, let stop = try? Signed<Stop>(parsing: text) else { throw .named("order.stop") }
            stops.append(stop)
        }
        try fields.end()
        guard let genesis = DocumentHash(hash) else { throw .malformedCall }
        guard let bundle = try? OrderBundle(parsing: file) else { throw .named("order.format") }
        guard let checkpoint = try? SignedCheckpoint(parsing: note) else { throw .named("order.checkpoint") }
        let permit: Permit
        do throws(PermitRefusal) {
            permit = try bundle.verify(
                stops: stops,
                genesis: genesis,
                checkpoint: checkpoint,
                now: now,
                with: PortableCrypto.self
            )
        } catch {
            throw .named(error.name)
        }
        var writer = ByteWriter(reserving: 128)
        writer.writeField(permit.action.text)
        writer.write(permit.order)
        writer.write(permit.subject)
        writer.write(permit.until.seconds)
        writer.write(permit.head.size)
        return writer.bytes
    }
}
