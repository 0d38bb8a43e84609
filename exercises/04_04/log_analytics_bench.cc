// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "04_04/log_analytics.h"
#include "exercises/04_04/log_file_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

class DigestTarget : public ByteTarget {
 public:
  ssize_t Write(std::string_view bytes) override {
    for (const char c : bytes) sum = sum * 31 + static_cast<unsigned char>(c);
    return static_cast<ssize_t>(bytes.size());
  }
  std::uint64_t sum = 0;
};

// `report(file)` returns the digest of the report. An item is a line.
void Report(benchmark::State& state, std::size_t bytes, const auto& report) {
  const LogFile file(bytes);
  Digest digest;
  digest.Add(report(file));
  RequireSameDigest(state, "log_analytics/" + std::to_string(bytes), digest);
  for (auto _ : state) {
    std::uint64_t sum = report(file);
    Keep(sum);
  }
  state.SetItemsProcessed(state.iterations() * file.lines());
}

// The naive way: the whole file, a string a line, a string a field, a map.
std::vector<std::string> SplitAt(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  std::string part;
  while (std::getline(in, part, separator)) parts.push_back(part);
  return parts;
}

std::string NaiveClass(const std::string& agent) {
  const auto has = [&agent](const char* part) {
    return agent.find(part) != std::string::npos;
  };
  if (has("bot") || has("crawl") || has("spider")) return "bot";
  if (has("Firefox")) return "firefox";
  if (has("Chrome")) return "chrome";
  return has("Safari") ? "safari" : "other";
}

std::uint64_t Naive(const LogFile& file) {
  std::ifstream in(file.path());
  std::ostringstream all;
  all << in.rdbuf();
  std::map<std::string, std::uint64_t> counts;
  for (const std::string& line : SplitAt(all.str(), '\n')) {
    const std::vector<std::string> quoted = SplitAt(line, '"');
    const std::vector<std::string> request = SplitAt(quoted[1], ' ');
    ++counts[NaiveClass(quoted[5]) + " " + request[1]];
  }
  DigestTarget target;
  for (const auto& [key, count] : counts) {
    std::string number = std::to_string(count);
    number.insert(0, 7 - std::min<std::size_t>(7, number.size()), ' ');
    target.Write(number + " " + key + "\n");
  }
  return target.sum;
}

constexpr char kAwk[] =
    R"(awk -F'"' '{ split($2, r, " "); a = $6; c = a ~ /bot|crawl|spider/ ? )"
    R"("bot" : a ~ /Firefox/ ? "firefox" : a ~ /Chrome/ ? "chrome" : )"
    R"(a ~ /Safari/ ? "safari" : "other"; print c, r[2] }' )";

std::uint64_t AwkSortUniq(const LogFile& file) {
  const std::string command =
      kAwk + file.path() + " | LC_ALL=C sort | LC_ALL=C uniq -c";
  DigestTarget target;
  if (std::FILE* const pipe = popen(command.c_str(), "r")) {
    char buffer[4096];
    while (const std::size_t count =
               std::fread(buffer, 1, sizeof(buffer), pipe)) {
      target.Write({buffer, count});
    }
    pclose(pipe);
  }
  return target.sum;
}

LogAnalyticsOptions Options() {
  LogAnalyticsOptions options;
  if (const char* const folder = std::getenv("TMPDIR")) {
    options.temp_folder = folder;
  }
  return options;
}

std::uint64_t RunOnce(LogAnalytics& analytics, const LogFile& file) {
  FdSource source(file.Rewind());
  DigestTarget target;
  analytics.Run(source, target);
  return target.sum;
}

// Made anew for each file, as all that the naive way makes.
std::uint64_t Streaming(const LogFile& file) {
  LogAnalytics analytics(Options());
  return RunOnce(analytics, file);
}

// As a server would have it.
void StreamingKept(benchmark::State& state, std::size_t bytes) {
  LogAnalytics analytics(Options());
  Report(state, bytes, [&analytics](const LogFile& file) {
    return RunOnce(analytics, file);
  });
}

const RegisterRows registration([] {
  for (const std::size_t mib : {1u, 16u}) {
    const std::size_t bytes = mib << 20;
    const std::string name =
        "log_analytics/file_" + std::to_string(mib) + "_mib";
    AddRow(name, Role::kBaseline, "naive",
           [bytes](auto& state) { Report(state, bytes, Naive); })
        ->UseRealTime()
        ->CountedIterations(2);
    AddRow(name, Role::kSubject, "LogAnalytics",
           [bytes](auto& state) { Report(state, bytes, Streaming); })
        ->UseRealTime()
        ->CountedIterations(2);
    AddRow(name, Role::kPeer, "LogAnalytics, kept",
           [bytes](auto& state) { StreamingKept(state, bytes); })
        ->UseRealTime()
        ->CountedIterations(2);
    AddRow(name, Role::kPeer, "awk | sort | uniq -c",
           [bytes](auto& state) { Report(state, bytes, AwkSortUniq); })
        ->UseRealTime()
        ->CountedIterations(2);
  }
});

}  // namespace
}  // namespace workbook
