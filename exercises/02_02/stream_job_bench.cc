// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "02_02/stream_job.h"
#include "exercises/02_02/before/stream_job.h"
#include "exercises/02_02/testdata/inputs.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/match.h>
#include <absl/strings/str_split.h>
#endif

namespace workbook {
namespace {

constexpr char kCase[] = "stream_job/chunks_4_kib";
constexpr std::size_t kChunkBytes = 4096;

// Feeds the database in chunks to `job`; `sink` gets each zone.
void Feed(auto& job, const auto& sink) {
  const std::string_view data = TimeZoneData();
  for (std::size_t i = 0; i < data.size(); i += kChunkBytes) {
    job.Process(data.substr(i, kChunkBytes), sink);
  }
  job.Flush(sink);
}

// An item is a stream of 112 KiB.
template <typename Job>
void Stream(benchmark::State& state) {
  Digest digest;
  {
    Job job;
    Feed(job, [&digest](const auto& zone) {
      digest.Add(zone.name);
      digest.Add(zone.format);
      digest.Add(static_cast<std::uint64_t>(zone.eras));
    });
  }
  RequireSameDigest(state, kCase, digest);
  Job job;
  for (auto _ : state) {
    std::uint64_t eras = 0;
    Feed(job, [&eras](const auto& zone) {
      eras += static_cast<std::uint64_t>(zone.eras) + zone.name.size();
    });
    Keep(eras);
  }
  state.SetItemsProcessed(state.iterations());
}

#ifdef WORKBOOK_HAS_ABSEIL_CPP
// The stream collected, then split by Abseil: short to write. Offsets are not
// looked at.
class LibraryStream {
 public:
  struct Zone {
    std::string_view name;
    int eras = 0;
    std::string_view format;
  };

  void Process(std::string_view chunk, const auto&) { text_.append(chunk); }

  void Flush(const auto& sink) {
    Zone zone;
    const auto close = [&] {
      if (zone.eras > 0) sink(zone);
      zone = Zone();
    };
    for (const absl::string_view line : absl::StrSplit(text_, '\n')) {
      if (line.empty()) continue;
      const bool is_zone = absl::StartsWith(line, "Z ");
      const bool is_other = line[0] == '#' || absl::StartsWith(line, "R ") ||
                            absl::StartsWith(line, "L ");
      if (is_zone || is_other) close();
      if (is_other) continue;
      const std::vector<absl::string_view> fields = absl::StrSplit(line, ' ');
      if (is_zone) zone.name = Standard(fields[1]);
      ++zone.eras;
      zone.format = Standard(fields[is_zone ? 4 : 2]);
    }
    close();
    text_.clear();
  }

 private:
  // Abseil may have a string_view of its own.
  static std::string_view Standard(absl::string_view text) {
    return {text.data(), text.size()};
  }

  std::string text_;
};
#endif

const RegisterRows registration([] {
  AddRow(kCase, Role::kBaseline, "before", Stream<before::StreamJob>);
  AddRow(kCase, Role::kSubject, "StreamJob", Stream<StreamJob>);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddRow(kCase, Role::kPeer, "absl::StrSplit, collected",
         Stream<LibraryStream>);
#else
  AddGap(kCase, "absl::StrSplit, collected", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
