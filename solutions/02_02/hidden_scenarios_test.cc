// SPDX-License-Identifier: Apache-2.0

// Damaged input for the scenarios of tasks 6 and 9 to 11, each beside the form
// that the exercise began with. For grading: WORKBOOK_SEED chooses the damage,
// and a failure names the seed that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "02_02/batch_job.h"
#include "02_02/csv_pipeline.h"
#include "02_02/http_handler.h"
#include "02_02/stream_job.h"
#include "exercises/02_02/before/batch_job.h"
#include "exercises/02_02/before/csv_pipeline.h"
#include "exercises/02_02/before/http_handler.h"
#include "exercises/02_02/before/stream_job.h"
#include "exercises/02_02/testdata/inputs.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

// Bytes of `text` replaced, removed, doubled or swapped for others of it.
std::string Damaged(Random& random, std::string text, std::string_view spice) {
  for (std::size_t i = random.Below(4); i > 0 && !text.empty(); --i) {
    const std::size_t place = random.Below(text.size());
    switch (random.Below(4)) {
      case 0:
        text[place] = random.Pick(spice);
        break;
      case 1:
        text.erase(place, random.Between(1, 3));
        break;
      case 2:
        text.insert(place, 1, random.Pick(spice));
        break;
      default:
        std::swap(text[place], random.Pick(text));
    }
  }
  return text;
}

// The lines of `text`, each with its line end.
std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// Some lines of a real file, a few of them damaged.
std::string SomeLines(Random& random, const std::vector<std::string>& lines,
                      std::string_view spice) {
  const std::size_t first = random.Below(lines.size());
  const std::size_t count = random.Between(1, 40);
  std::string text;
  for (std::size_t i = first; i < std::min(first + count, lines.size()); ++i) {
    text += random.Chance(20) ? Damaged(random, lines[i], spice) : lines[i];
  }
  return text;
}

TEST(Task6Hidden, ReportsDamagedTablesAsTheFirstFormDoes) {
  const SeedTrace trace;
  Random random(9);
  const std::vector<std::string> lines = Lines(ZonesCsv());
  CsvPipeline pipeline;
  before::CsvPipeline expected;
  for (int round = 0; round < 1500; ++round) {
    const std::string text =
        lines[0] + SomeLines(random, lines, "\",\n\r+-A0/_ ");
    ASSERT_EQ(pipeline.Run(text), expected.Run(text)) << text;
  }
}

TEST(Task9Hidden, AnswersDamagedRequestsAsTheFirstFormDoes) {
  const SeedTrace trace;
  Random random(10);
  using namespace std::string_view_literals;
  HttpHandler handler;
  before::HttpHandler expected;
  for (int round = 0; round < 4000; ++round) {
    const HttpExample& example = random.Pick(HttpExamples());
    const std::string request =
        Damaged(random, example.bytes.substr(0, 4000), " :\r\n\0%/?&=a0;,\t"sv);
    ASSERT_EQ(handler.Handle(request), expected.Handle(request))
        << example.name << ": " << request;
  }
}

TEST(Task10Hidden, ReadsDamagedRulesAsTheFirstFormDoes) {
  const SeedTrace trace;
  Random random(11);
  std::vector<std::string> lines = Lines(TimeZoneData());
  std::erase_if(lines, [](const std::string& s) { return s[0] != 'R'; });
  BatchJob job;
  before::BatchJob expected;
  for (int round = 0; round < 1500; ++round) {
    const std::string text = SomeLines(random, lines, " \n0129oma>=<Slu-");
    const int first = static_cast<int>(random.Between(1900, 2030));
    const int last = first + static_cast<int>(random.Below(40));
    ASSERT_EQ(job.Run(text, first, last), expected.Run(text, first, last))
        << first << " to " << last << ":\n"
        << text;
  }
}

// What a job makes of `text`, in chunks of random lengths.
template <typename Job>
std::string Stream(Random& random, Job& job, std::string_view text) {
  std::string records;
  const auto sink = [&records](const auto& zone) {
    records += std::string(zone.name) + "|" + std::to_string(zone.eras) + "|" +
               std::to_string(zone.offset_seconds) + "|" +
               std::string(zone.format) + "\n";
  };
  while (!text.empty()) {
    const std::size_t size = std::min(random.Between(1, 90), text.size());
    job.Process(text.substr(0, size), sink);
    text.remove_prefix(size);
  }
  job.Flush(sink);
  const auto& totals = job.Totals();
  for (const long total : {totals.lines, totals.rules, totals.links,
                           totals.zones, totals.rejected}) {
    records += std::to_string(total) + " ";
  }
  return records;
}

TEST(Task11Hidden, StreamsDamagedZonesAsTheFirstFormDoes) {
  const SeedTrace trace;
  Random random(12);
  std::vector<std::string> lines = Lines(TimeZoneData());
  StreamJob job;
  before::StreamJob expected;
  for (int round = 0; round < 1500; ++round) {
    std::string text = SomeLines(random, lines, " \n:-0129Z#RL\t%");
    if (random.Chance(5)) text.insert(random.Below(text.size()), 300, 'x');
    // A last line without its end, on both sides of the longest length.
    if (random.Chance(10)) text.append(random.Between(250, 262), 'y');
    ASSERT_EQ(Stream(random, job, text), Stream(random, expected, text))
        << text;
  }
}

}  // namespace
}  // namespace workbook
