// SPDX-License-Identifier: Apache-2.0

// Whether a ratio of times keeps a limit, or cannot be told.
#ifndef WORKBOOK_TOOLS_BENCH_COMPARISON_VERDICT_H_
#define WORKBOOK_TOOLS_BENCH_COMPARISON_VERDICT_H_

#include <cstdint>
#include <string>
#include <vector>

namespace workbook {

enum class Verdict { kMet, kNotMet, kTooNoisy };

// "met", "not met", "too noisy to tell"
const char* VerdictName(Verdict verdict);

// Fewer pairs have no verdict: the bootstrap interval of the median of 8 values
// is as good as their whole range.
constexpr int kMinPairs = 9;

// How much longer than the reference yours may take: 10 %. Two builds of one
// source differ by up to 5 % by where the linker puts their loops, so a tighter
// limit would judge the linker.
constexpr double kReferenceLimit = 1.10;

struct Judgement {
  Verdict verdict = Verdict::kTooNoisy;
  double ratio = 0;  // of times: the median; 0 where nothing was measured
  double low = 0;    // the 95 % interval
  double high = 0;
  double noise = 0;  // 0.03: the same program against itself differs by 3 %
  int pairs = 0;
  std::string reason;  // a sentence that gives the figures
};

// Judges "the ratio is at most `limit`" from natural logs of ratios, one a
// pair, and those of a program against itself measured in the same rounds.
// The interval is widened on both sides by what the program against itself
// shows: the farther end of its own interval. Met: the widened interval lies at
// or below the limit. Not met: above it. Else nobody knows, and the reason says
// whether the machine or the closeness of the call is to blame.
// REQUIRES: limit > 0.
// Thread safety: a pure function.
Judgement JudgeRatio(const std::vector<double>& log_ratios,
                     const std::vector<double>& log_noise, double limit,
                     std::uint64_t seed);

// Whether more pairs would not change what JudgeRatio says: the verdict stands
// by as much again as the widened interval is wide, or the interval is as
// narrow as it is worth while (2 % on each side). Asked after each pair; it
// depends on the width, so that it does not stop at the first lucky look.
bool IsSettled(const std::vector<double>& log_ratios,
               const std::vector<double>& log_noise, double limit,
               std::uint64_t seed);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_COMPARISON_VERDICT_H_
