// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import PortableCrypto
import Transparency

/// Transparency's monitor by handle.
enum AuditOperations {
    /// A reading from the log's beginning, which must also agree with the checkpoint that it showed before, if there is one.
    static func create(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let policy = try fields.policy()
        let earlier = try fields.bytes()
        let now = try fields.time()
        try fields.end()
        let views =
            earlier.isEmpty ? [] : [CheckpointView(name: "as it was shown before", bytes: earlier, isEarlier: true)]
        var writer = ByteWriter(reserving: 4)
        writer.write(try audits.add(Audit(Monitor(policy: policy, views: views, now: now), policy)))
        return writer.bytes
    }

    /// The files asked for before, none at the start; what to fetch next, nothing when all is read, and how far the reading is.
    static func handle(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let audit = try audits.value(try fields.word32())
        let files = try fields.files()
        try fields.end()
        audit.count(files)
        let action = audit.hasStarted ? audit.monitor.handle(files) : audit.monitor.start()
        audit.hasStarted = true
        var resources: [LogResource] = []
        if case .fetch(let wanted) = action { resources = wanted }
        audit.wanted = resources
        var writer = ByteWriter(reserving: 256)
        let progress = audit.monitor.progress
        writer.write(progress.read)
        writer.write(progress.all)
        writer.write(count: resources.count)
        for resource in resources {
            writer.writeField(resource.path)
            // The bundles are for the page too, and it needn't know how paths are spelled.
            if case .entries(let bundle) = resource {
                writer.write(UInt32(truncatingIfNeeded: bundle.width))
                writer.write(bundle.index * UInt64(TileCoordinate.fullWidth))
            } else {
                writer.write(UInt32(0))
                writer.write(UInt64(0))
            }
        }
        return writer.bytes
    }

    /// What was found so far.
    static func report(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let audit = try audits.value(try fields.word32())
        try fields.end()
        let monitor = audit.monitor
        var writer = ByteWriter(reserving: 1_024)
        writer.write(monitor.isSound)
        writer.write(monitor.state.head.size)
        writer.write(monitor.checkpoint != nil)
        if let checkpoint = monitor.checkpoint {
            writer.writeField(checkpoint.origin.bytes)
            writer.write(checkpoint.head.size)
            writer.write(checkpoint.head.root)
            writer.writeField(checkpoint.note.encoded)
            writer.write(monitor.state.head == checkpoint.head)
            writer.write(audit.policy.isSatisfied(by: Set(monitor.cosignatures.map { $0.witness })))
            writer.write(count: monitor.cosignatures.count)
            for cosignature in monitor.cosignatures {
                writer.write(count: cosignature.witness)
                writer.write(cosignature.time.seconds)
            }
        }
        writer.write(UInt32(clamping: monitor.unlisted))
        for finding in monitor.findings {
            writer.write(finding.isFault)
            writer.writeField(finding.text)
        }
        return writer.bytes
    }
}
