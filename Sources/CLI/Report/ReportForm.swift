// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Transparency

/// How a report is written.
enum ReportForm: String, EnumerableFlag {
    case text
    case json

    func bytes(_ report: TransparencyReport) -> [UInt8] {
        switch self {
        case .text: report.text
        case .json: report.json
        }
    }
}
