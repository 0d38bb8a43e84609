// SPDX-License-Identifier: Apache-2.0

// Writes what tables of size classes waste on the recorded programs, computed
// by the reference, from the root of the course:
//
//   bazel run //solutions/01_03/waste_table
//
// writes chapters/01_allocators/01_03_waste.md, for the page, and
// exercises/01_03/testdata/optimal.csv, for the tests.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "01_03/fast_classes.h"
#include "01_03/greedy_classes.h"
#include "01_03/span_waste.h"
#include "01_03/tuned_tables.h"
#include "01_03/waste_report.h"
#include "exercises/01_03/given/class_tables.h"
#include "exercises/01_03/given/recorded_sizes.h"
#include "tools/trace/recorded.h"

namespace {

using namespace workbook;

using Sizes = std::vector<SizeCount>;
using Classes = std::vector<std::size_t>;

Classes Optimal(const Sizes& sizes, std::size_t k) {
  return FastOptimalClasses(GroupCost(sizes), k);
}

Sizes AtPeak(const std::string& program) {
  return SmallAtPeak(ReadRecordedSizes(program));
}

std::string Cell(std::span<const std::size_t> classes, const Sizes& sizes) {
  char text[32];
  std::snprintf(text, sizeof text, " %.1f |",
                WastePercent(ReportWaste(classes, sizes)));
  return text;
}

std::string RowHead(const std::string& first) {
  std::string row = "| " + first + " |";
  return row;
}

std::string ProgramsHead(const std::string& first) {
  std::string head = RowHead(first);
  std::string line = "|---|";
  for (const std::string& program : RecordedPrograms()) {
    head += ' ' + program + " |";
    line += "---:|";
  }
  return head + '\n' + line + '\n';
}

// Each table of the field beside the optimal one with as many classes.
std::string EqualClasses() {
  const std::vector<std::pair<std::string, Classes>> tables = {
      {"powers of two", PowersOfTwo()},
      {"jemalloc", JemallocClasses()},
      {"Go", {GoClasses().begin(), GoClasses().end()}}};
  std::string text = ProgramsHead("per cent wasted at the peak");
  for (const auto& [name, classes] : tables) {
    const std::string number = std::to_string(classes.size());
    std::string field = RowHead(name + ", " + number + " classes");
    std::string greedy = RowHead("greedy, " + number);
    std::string optimal = RowHead("optimal, " + number);
    for (const std::string& program : RecordedPrograms()) {
      const Sizes sizes = AtPeak(program);
      field += Cell(classes, sizes);
      greedy += Cell(GreedyClasses(sizes, classes.size()), sizes);
      optimal += Cell(Optimal(sizes, classes.size()), sizes);
    }
    text += field + '\n' + greedy + '\n' + optimal + '\n';
  }
  return text;
}

// A table that is tuned to one program, on each of them: the peak over that
// with Go's table.
std::string Backfire() {
  std::string text = ProgramsHead("peak over that of Go's classes, per cent");
  std::vector<Trace> traces;
  for (const std::string& program : RecordedPrograms()) {
    for (const RecordedTrace& trace : RecordedTraces()) {
      if (program == trace.name) traces.push_back(trace.Read());
    }
  }
  for (const std::string& tuned_to : RecordedPrograms()) {
    const Classes tuned = Optimal(AtPeak(tuned_to), 16);
    const Classes safe = WithFallback(tuned, GoClasses(), 1.25);
    std::string alone_row = RowHead("16 classes tuned to " + tuned_to);
    std::string safe_row = RowHead("the same with Go's in its gaps");
    for (const Trace& trace : traces) {
      const auto percent = [&](const Classes& classes) {
        char cell[32];
        std::snprintf(
            cell, sizeof cell, " %+.1f |",
            100.0 * static_cast<double>(PeakBytes(trace, classes)) /
                    static_cast<double>(PeakBytes(trace, GoClasses())) -
                100.0);
        return std::string(cell);
      };
      alone_row += percent(tuned);
      safe_row += percent(safe);
    }
    text += alone_row + '\n' + safe_row + '\n';
  }
  return text;
}

std::string OfSpans() {
  std::string text =
      "| program | sizes | classes of least span waste | KiB of spans wasted | "
      "with 67 of Go |\n|---|---:|---:|---:|---:|\n";
  for (const std::string& program : RecordedPrograms()) {
    const Sizes sizes = AtPeak(program);
    const Classes best = OptimalClassesOfSpans(sizes, 64);
    text += RowHead(program) + ' ' + std::to_string(sizes.size()) + " | " +
            std::to_string(best.size()) + " | " +
            std::to_string(SpanWaste(best, sizes) / 1024) + " | " +
            std::to_string(SpanWaste(GoClasses(), sizes) / 1024) + " |\n";
  }
  return text;
}

std::string OptimalCsv() {
  std::string text = "program classes waste_bytes class...\n";
  for (const std::string& program : RecordedPrograms()) {
    const Sizes sizes = AtPeak(program);
    for (const std::size_t k : {std::size_t{16}, GoClasses().size()}) {
      const Classes classes = Optimal(sizes, k);
      text += program + ' ' + std::to_string(k) + ' ' +
              std::to_string(ReportWaste(classes, sizes).waste_bytes);
      for (const std::size_t bytes : classes) {
        text += ' ' + std::to_string(bytes);
      }
      text += '\n';
    }
  }
  return text;
}

bool Write(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  file << text << std::flush;
  std::fprintf(file ? stdout : stderr, "%s: %s\n", path.c_str(),
               file ? "written"
                    : "can't be written. Fix: check the disk and "
                      "the folder's permissions");
  return static_cast<bool>(file);
}

}  // namespace

int main() try {
  if (const char* const root = std::getenv("BUILD_WORKSPACE_DIRECTORY")) {
    std::filesystem::current_path(root);
  }
  const std::string page =
      "# 01_03 Size-class optimization: what tables waste\n\n"
      "Written by `bazel run //solutions/01_03/waste_table`; never edited by "
      "hand.\n\n"
      "## Tables of equal size\n\n" +
      EqualClasses() + "\n## Tuned tables on other programs\n\n" + Backfire() +
      "\n## Classes and spans\n\n" + OfSpans();
  const bool written =
      Write("chapters/01_allocators/01_03_waste.md", page) &&
      Write("exercises/01_03/testdata/optimal.csv", OptimalCsv());
  return written ? 0 : 1;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
