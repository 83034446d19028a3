// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import PortableCrypto
import Transparency

/// Transparency reports of what an audit reads (docs/report.md).
enum ReportOperations {
    /// From which entry on to count, and up to which size of the tree; the largest number for the whole log. Before the reading starts.
    static func begin(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let audit = try audits.value(try fields.word32())
        let from = try fields.word64()
        let to = try fields.word64()
        try fields.end()
        guard !audit.hasStarted else { throw .named("report.tooLate") }
        audit.builder = ReportBuilder(from: from, to: to == .max ? nil : to)
        return []
    }

    /// As JSON and as text, of a log that was read whole and found in order.
    static func make(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let audit = try audits.value(try fields.word32())
        try fields.end()
        let monitor = audit.monitor
        guard let builder = audit.builder, let checkpoint = monitor.checkpoint, monitor.isSound,
            monitor.state.head == checkpoint.head
        else { throw .named("report.notInOrder") }
        var writer = ByteWriter(reserving: 16_384)
        do throws(ReportRefusal) {
            let report = try builder.report(of: monitor.state.head, named: checkpoint.origin)
            writer.writeField(report.json)
            writer.writeField(report.text)
        } catch {
            switch error {
            case .periodOutsideTree: throw .named("report.period")
            case .otherTree: throw .named("report.otherTree")
            }
        }
        return writer.bytes
    }
}

extension Audit {
    /// Counts the entries in the files that the monitor asked for.
    func count(_ files: [[UInt8]?]) {
        guard builder != nil, let size = monitor.checkpoint?.head.size else { return }
        for (place, resource) in wanted.enumerated() where place < files.count {
            if case .entries(let bundle) = resource, let bytes = files[place] { builder?.add(bundle, bytes, of: size) }
        }
    }
}
