// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "04_04/stream_processor.h"
#include "exercises/04_04/log_file_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr char kCase[] = "stream_processor/count_lines";
constexpr std::size_t kFileBytes = 32 << 20;

// `count(file)` returns the number of lines; an item is a line. Counting takes
// 256 iterations, so it loops over a short file.
void CountLines(benchmark::State& state, const auto& count) {
  const LogFile file(kFileBytes);
  Digest digest;
  digest.Add(static_cast<std::uint64_t>(count(file)));
  RequireSameDigest(state, kCase, digest);
  const LogFile short_file(256 << 10);
  const LogFile& looped = IsCountingPass() ? short_file : file;
  for (auto _ : state) {
    std::uint64_t lines = count(looped);
    Keep(lines);
  }
  state.SetItemsProcessed(state.iterations() * looped.lines());
}

class LineCounter : public RecordSink {
 public:
  bool OnRecord(std::string_view, std::uint64_t) override {
    return ++lines > 0;
  }
  bool OnTooLong(const RecordError&) override { return true; }
  std::uint64_t lines = 0;
};

void Stream(benchmark::State& state, std::size_t chunks_ahead) {
  StreamOptions options;
  options.chunks_ahead = chunks_ahead;
  StreamProcessor stream(options);
  CountLines(state, [&stream](const LogFile& file) {
    FdSource source(file.Rewind());
    LineCounter counter;
    stream.Run(source, counter);
    return counter.lines;
  });
}

// What a loop by hand costs that looks at each byte once, as memchr does.
void ReadAndLook(benchmark::State& state) {
  std::vector<char> buffer(64 << 10);
  CountLines(state, [&buffer](const LogFile& file) {
    const int fd = file.Rewind();
    std::uint64_t lines = 0;
    ssize_t count = 0;
    while ((count = read(fd, buffer.data(), buffer.size())) > 0) {
      const char* at = buffer.data();
      const char* const end = at + count;
      while ((at = static_cast<const char*>(std::memchr(
                  at, '\n', static_cast<std::size_t>(end - at)))) != nullptr) {
        ++lines;
        ++at;
      }
    }
    return lines;
  });
}

// What the file costs if nothing looks at it. The number of lines is known from
// a first, slow count, so that the rows can be compared.
void PlainRead(benchmark::State& state) {
  std::vector<char> buffer(64 << 10);
  std::uint64_t lines = 0;
  CountLines(state, [&](const LogFile& file) {
    const int fd = file.Rewind();
    const bool is_first = lines == 0;
    ssize_t count = 0;
    while ((count = read(fd, buffer.data(), buffer.size())) > 0) {
      for (ssize_t i = 0; is_first && i < count; ++i) {
        lines += buffer[static_cast<std::size_t>(i)] == '\n';
      }
      Keep(buffer[0]);
    }
    return lines;
  });
}

void GetLine(benchmark::State& state) {
  CountLines(state, [](const LogFile& file) {
    std::ifstream in(file.path());
    std::string line;
    std::uint64_t lines = 0;
    while (std::getline(in, line)) ++lines;
    return lines;
  });
}

void Wc(benchmark::State& state) {
  CountLines(state, [](const LogFile& file) {
    const std::string command = "wc -l <" + file.path();
    unsigned long lines = 0;
    if (std::FILE* const pipe = popen(command.c_str(), "r")) {
      if (std::fscanf(pipe, "%lu", &lines) != 1) lines = 0;
      pclose(pipe);
    }
    return std::uint64_t{lines};
  });
}

const RegisterRows registration([] {
  AddRow(kCase, Role::kBaseline, "read, memchr", ReadAndLook)->UseRealTime();
  AddRow(kCase, Role::kSubject, "StreamProcessor", [](auto& state) {
    Stream(state, 0);
  })->UseRealTime();
  AddRow(kCase, Role::kPeer, "read, 64 KiB", PlainRead)->UseRealTime();
  AddRow(kCase, Role::kPeer, "std::getline", GetLine)->UseRealTime();
  AddRow(kCase, Role::kPeer, "wc -l", Wc)->UseRealTime();
  constexpr char kAhead[] = "stream_processor/count_lines_read_ahead";
  AddRow(kAhead, Role::kBaseline, "read, memchr", ReadAndLook)->UseRealTime();
  AddRow(kAhead, Role::kSubject, "StreamProcessor, 4 chunks ahead",
         [](auto& state) { Stream(state, 4); })
      ->UseRealTime();
});

}  // namespace
}  // namespace workbook
