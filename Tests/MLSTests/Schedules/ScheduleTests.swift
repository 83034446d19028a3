// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import MLS

@Suite("MLS, random schedules")
struct ScheduleTests {
    /// Steps per schedule. `VIGIL_SCHEDULE_STEPS` asks for more: `./test --full` for ten thousand, in a release build.
    static let steps = ProcessInfo.processInfo.environment["VIGIL_SCHEDULE_STEPS"].flatMap { Int($0) } ?? 250

    @Test(
        "members agree or refuse, whatever is late, lost, repeated, mixed up or damaged",
        arguments: [(1, 4), (2, 8), (3, 16), (4, 64)]
    )
    func schedule(_ seed: Int, _ largest: Int) throws {
        var schedule = try RandomSchedule(seed: UInt64(seed), largest: largest)
        for _ in 0..<ScheduleTests.steps { try schedule.step() }
        try schedule.settle()
        try schedule.fork()
        #expect(schedule.epochs > ScheduleTests.steps / 50)
        #expect(schedule.delivered > 0)
        #expect(schedule.refused > 0)
        #expect(schedule.strays > 0 || ScheduleTests.steps < 1_000)
        print(
            "schedule \(seed): \(schedule.epochs) epochs, \(schedule.came) members came,",
            "\(schedule.strays) went astray, \(schedule.delivered) messages, \(schedule.refused) refusals"
        )
    }
}
