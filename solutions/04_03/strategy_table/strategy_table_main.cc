// SPDX-License-Identifier: Apache-2.0

// Writes what strategies of pooling do to the recorded programs, computed by
// the reference, from the root of the course:
//
//   bazel run //solutions/04_03/strategy_table
//
// writes chapters/04_optimization/04_03_strategies.md.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "01_03/fast_classes.h"
#include "04_03/buffer_strategies.h"
#include "04_03/pool_ratios.h"
#include "exercises/01_03/given/group_cost.h"
#include "exercises/04_03/given/request_trace.h"

namespace workbook {
namespace {

constexpr std::size_t kUnlimited = ~std::size_t{0};

// Four classes for each doubling, as jemalloc has them.
std::vector<std::size_t> FourForEachDoubling() {
  std::vector<std::size_t> classes;
  for (std::size_t base = 256; base < (std::size_t{1} << 21); base *= 2) {
    for (std::size_t quarter = 0; quarter < 4; ++quarter) {
      classes.push_back(base + quarter * base / 4);
    }
  }
  return classes;
}

// The classes that waste least on the requests of a program.
std::vector<std::size_t> Tuned(const RequestTrace& trace, std::size_t number) {
  std::map<std::size_t, std::uint64_t> counts;
  for (const BufferEvent& event : trace.events) {
    if (event.IsRequest()) ++counts[event.size_bytes];
  }
  std::vector<SizeCount> sizes;
  sizes.reserve(counts.size());
  for (const auto& [size_bytes, count] : counts) {
    sizes.push_back({.size_bytes = size_bytes, .count = count});
  }
  return FastOptimalClasses(GroupCost(sizes), number);
}

std::size_t LargestOf(const RequestTrace& trace) {
  std::size_t largest = 0;
  for (const BufferEvent& event : trace.events) {
    largest = std::max<std::size_t>(largest, event.size_bytes);
  }
  return largest;
}

CapacityRule ByClasses(std::vector<std::size_t> classes) {
  return [classes = std::move(classes)](std::size_t size_bytes) {
    return ClassCapacity(classes, size_bytes);
  };
}

std::string Row(const std::string& name, const PoolFigures& figures) {
  char text[160];
  const double moments = static_cast<double>(figures.moments);
  std::snprintf(text, sizeof text, " %.1f | %.0f | %.1f | %.0f | %.1f |\n",
                HitPercent(figures),
                static_cast<double>(figures.sums.idle) / moments / 1024,
                WastePercent(figures),
                static_cast<double>(figures.peak_held_bytes) / 1024,
                HeldPerRequestedByte(figures));
  return "| " + name + " |" + text;
}

std::string Head() {
  return "| strategy | hits, % | idle, mean KiB | waste, % | peak, KiB | held "
         "for each byte in use |\n|---|---:|---:|---:|---:|---:|\n";
}

// Without the waste, which the page lets its readers predict.
std::string Hook() {
  constexpr std::size_t kBytes = std::size_t{256} << 10;
  const PoolFigures figures = PlayPool(
      RecordedRequests("gcc"), [](std::size_t) { return kBytes; }, kUnlimited);
  char row[80];
  std::snprintf(row, sizeof row, "| gcc, 256 KiB each | %.1f | %.1f |\n",
                HitPercent(figures), HeldPerRequestedByte(figures));
  return std::string(
             "| pool | hits, % | held for each byte in use "
             "|\n|---|---:|---:|\n") +
         row;
}

std::string OfProgram(const std::string& program) {
  const RequestTrace trace = RecordedRequests(program);
  const auto play = [&](const CapacityRule& rule, std::size_t max_idle) {
    return PlayPool(trace, rule, max_idle);
  };
  const std::size_t one = PowerOfTwoCapacity(LargestOf(trace));
  const PoolFigures by_two = play(&PowerOfTwoCapacity, kUnlimited);
  const std::uint64_t half = by_two.sums.idle / by_two.moments / 2;
  std::string text = "## " + program + "\n\n" + Head();
  text += Row("no pool", play(std::identity(), 0));
  text += Row("one size: " + std::to_string(one / 1024) + " KiB",
              play([one](std::size_t) { return one; }, kUnlimited));
  text += Row("exact sizes", play(std::identity(), kUnlimited));
  text += Row("powers of two", by_two);
  text += Row("four classes for each doubling",
              play(ByClasses(FourForEachDoubling()), kUnlimited));
  text += Row("8 tuned classes", play(ByClasses(Tuned(trace, 8)), kUnlimited));
  text +=
      Row("powers of two, half as much idle", play(&PowerOfTwoCapacity, half));
  return text;
}

// Writes the file; returns whether it could.
bool WriteTables() {
  if (const char* const root = std::getenv("BUILD_WORKSPACE_DIRECTORY")) {
    std::filesystem::current_path(root);
  }
  std::string text =
      "# 04_03 Buffer pooling strategies: what each does to a program\n\n"
      "Written by `bazel run //solutions/04_03/strategy_table`; never edited "
      "by hand.\n\n## The hook\n\n";
  text += Hook();
  for (const std::string& program : TracedPrograms()) {
    text += '\n' + OfProgram(program);
  }
  const std::string path = "chapters/04_optimization/04_03_strategies.md";
  std::ofstream file(path);
  file << text << std::flush;
  std::fprintf(file ? stdout : stderr, "%s: %s\n", path.c_str(),
               file ? "written"
                    : "can't be written. Fix: check the disk and the folder's "
                      "permissions");
  return static_cast<bool>(file);
}

}  // namespace
}  // namespace workbook

int main() try {
  return workbook::WriteTables() ? 0 : 1;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
