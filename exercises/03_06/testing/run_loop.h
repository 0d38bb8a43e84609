// SPDX-License-Identifier: Apache-2.0

// Runs a function of Google Benchmark for a given number of iterations, and
// counts what one iteration does.
#ifndef WORKBOOK_EXERCISES_03_06_TESTING_RUN_LOOP_H_
#define WORKBOOK_EXERCISES_03_06_TESTING_RUN_LOOP_H_

#include <benchmark/benchmark.h>

#include <cstdint>
#include <functional>

namespace workbook {

using BenchmarkFunction = std::function<void(benchmark::State&)>;

// Runs `function` once, with a state of `iterations` iterations. Nothing is
// printed. An exception leaves as it came.
void RunLoop(const BenchmarkFunction& function, std::int64_t iterations);

// What one iteration of the loop does: the difference of a run of 16 iterations
// and one of 8, over 8, so that what happens before the loop cancels out.
// Instructions beyond kMaxInstructions in a run are not seen; a loop that has
// so many gives kMaxInstructions over 8. -1 where they can't be counted.
double InstructionsPerIteration(const BenchmarkFunction& function);
double AllocationsPerIteration(const BenchmarkFunction& function);

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_06_TESTING_RUN_LOOP_H_
