// SPDX-License-Identifier: Apache-2.0

/// How long the steps of cases and orders took that ended in the period.
struct StepColumns {
    var docketed = StepTimes()
    var proposed = StepTimes()
    var approved = StepTimes()
    var executed = StepTimes()
    var closed = StepTimes()

    var rows: [[ReportCell]] {
        let steps: [(StaticString, StepTimes)] = [
            ("received-docketed", docketed), ("docketed-proposed", proposed), ("proposed-approved", approved),
            ("approved-executed", executed), ("received-closed", closed),
        ]
        return steps.map { name, times in [.word(name)] + times.cells }
    }
}
