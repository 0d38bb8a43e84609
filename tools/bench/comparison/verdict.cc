// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/verdict.h"

#include <algorithm>
#include <cmath>

#include "fmt/format.h"
#include "tools/bench/comparison/interval.h"

namespace workbook {
namespace {

constexpr double kNarrowEnough = 0.02;

double NoiseFloor(const std::vector<double>& log_noise, std::uint64_t seed) {
  const Interval noise = MedianInterval(log_noise, seed);
  return std::max(std::abs(noise.low), std::abs(noise.high));
}

bool HasTooFew(const std::vector<double>& log_ratios,
               const std::vector<double>& log_noise) {
  return static_cast<int>(log_ratios.size()) < kMinPairs ||
         static_cast<int>(log_noise.size()) < kMinPairs;
}

std::string Figures(const Judgement& judged) {
  return fmt::format("{:.3g}x the time ({:.3g} to {:.3g}; noise {:.1f} %)",
                     judged.ratio, judged.low, judged.high, judged.noise * 100);
}

// How far the nearer end of the interval is from the limit: 0.05 is 5 %.
double RoomToLimit(const Judgement& judged, double limit) {
  return std::abs(
      std::log(limit / (judged.high < limit ? judged.high : judged.low)));
}

// Why it cannot be told: the pairs alone leave it open, or they do not, and the
// same program differs from itself by more than the room that is left.
std::string WhyNotTold(const Judgement& judged, double limit) {
  if (judged.low <= limit && limit <= judged.high) {
    return fmt::format("{}: the limit {:.3g} lies within the interval",
                       Figures(judged), limit);
  }
  return fmt::format(
      "{:.3g}x the time ({:.3g} to {:.3g}). The same program measured against "
      "itself varied by {:.1f} %, more than the {:.1f} % to the limit {:.3g}: "
      "run again on an idle machine, or use --exact",
      judged.ratio, judged.low, judged.high, judged.noise * 100,
      RoomToLimit(judged, limit) * 100, limit);
}

}  // namespace

const char* VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kMet:
      return "met";
    case Verdict::kNotMet:
      return "not met";
    case Verdict::kTooNoisy:
      return "too noisy to tell";
  }
  return "";
}

Judgement JudgeRatio(const std::vector<double>& log_ratios,
                     const std::vector<double>& log_noise, double limit,
                     std::uint64_t seed) {
  Judgement judged;
  judged.pairs = static_cast<int>(log_ratios.size());
  if (log_ratios.empty() || log_noise.empty()) {
    judged.reason = "no pair was measured";
    return judged;
  }
  const Interval interval = MedianInterval(log_ratios, seed);
  const double floor = NoiseFloor(log_noise, seed);
  judged.ratio = std::exp(interval.middle);
  judged.low = std::exp(interval.low);
  judged.high = std::exp(interval.high);
  judged.noise = std::expm1(floor);
  if (HasTooFew(log_ratios, log_noise)) {
    judged.reason = fmt::format("only {} pairs of runs; a verdict needs {}",
                                judged.pairs, kMinPairs);
    return judged;
  }
  const double log_limit = std::log(limit);
  if (interval.high + floor <= log_limit) {
    judged.verdict = Verdict::kMet;
  } else if (interval.low - floor > log_limit) {
    judged.verdict = Verdict::kNotMet;
  } else {
    judged.reason = WhyNotTold(judged, limit);
    return judged;
  }
  judged.reason = fmt::format("{}, limit {:.3g}", Figures(judged), limit);
  return judged;
}

bool IsSettled(const std::vector<double>& log_ratios,
               const std::vector<double>& log_noise, double limit,
               std::uint64_t seed) {
  if (HasTooFew(log_ratios, log_noise)) return false;
  const Interval interval = MedianInterval(log_ratios, seed);
  const double reach = interval.HalfWidth() + NoiseFloor(log_noise, seed);
  if (reach <= kNarrowEnough) return true;
  return std::abs(interval.middle - std::log(limit)) >= 2 * reach;
}

}  // namespace workbook
