// SPDX-License-Identifier: Apache-2.0

/// What a seat brings to its node: one signed statement, and the text that it speaks of. Nothing is checked yet but the form.
public enum Submission: Hashable, Sendable {
    /// - order: with `propose`. - notice: with a `notice` that names a receipt.
    case step(Signed<Step>, order: [UInt8]?, notice: [UInt8]?)
    case approval(Signed<Approval>)
    case stop(Signed<Stop>)
    case noStop(Signed<NoStop>)

    /// Bytes of the longest file.
    public static let longest = 1_048_576

    public init(parsing file: [UInt8]) throws(SubmissionFault) {
        let parts: [PartFile.Part]
        do throws(BundleFormatRefusal) {
            guard file.count <= Submission.longest else { throw .tooLong }
            parts = try PartFile(.submission, parsing: file).parts
        } catch {
            throw .format(error)
        }
        guard let first = parts.first else { throw .format(.unexpectedPart) }
        do throws(StatementRefusal) {
            switch first.kind {
            case .step:
                let step = try Signed<Step>(parsing: first.bytes)
                let text = parts.dropFirst().first
                var (order, notice): ([UInt8]?, [UInt8]?) = (nil, nil)
                switch step.statement.deed {
                case .propose where text?.kind == .order: order = text?.bytes
                case .notice(_, .some) where text?.kind == .notice: notice = text?.bytes
                default: break
                }
                self = .step(step, order: order, notice: notice)
                guard parts.count == (order == nil && notice == nil ? 1 : 2) else {
                    throw StatementRefusal.trailingText
                }
                return
            case .approval: self = .approval(try Signed(parsing: first.bytes))
            case .stop: self = .stop(try Signed(parsing: first.bytes))
            case .noStop: self = .noStop(try Signed(parsing: first.bytes))
            default: throw .wrongHeader
            }
        } catch {
            throw .statement(error)
        }
        guard parts.count == 1 else { throw .format(.unexpectedPart) }
    }

    public var encoded: [UInt8] {
        var parts: [PartFile.Part]
        switch self {
        case .step(let step, let order, let notice):
            parts = [PartFile.Part(.step, step.text)]
            if let order { parts.append(PartFile.Part(.order, order)) }
            if let notice { parts.append(PartFile.Part(.notice, notice)) }
        case .approval(let approval): parts = [PartFile.Part(.approval, approval.text)]
        case .stop(let stop): parts = [PartFile.Part(.stop, stop.text)]
        case .noStop(let receipt): parts = [PartFile.Part(.noStop, receipt.text)]
        }
        return PartFile(.submission, parts).encoded
    }
}
