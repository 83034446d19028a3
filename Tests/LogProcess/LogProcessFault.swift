// SPDX-License-Identifier: Apache-2.0

import LogKeeping

enum LogProcessFault: Error {
    case usage
    case noPolicy(String)
    case noWriter
    case event(LogWriterEvent)
}
