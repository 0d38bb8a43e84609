// SPDX-License-Identifier: Apache-2.0

// A line to a log: the file is opened for each line, or kept open. The log is
// /dev/null, so that no disk takes part.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "03_04/file_pool.h"
#include "exercises/03_04/given/file_descriptor.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr char kPath[] = "/dev/null";
constexpr std::string_view kLine = "GET / 200 alice\n";

// `append()` returns whether the line was written.
template <class Append>
void AppendLines(benchmark::State& state, Append append) {
  std::int64_t failed = 0;
  for (auto _ : state) failed += append() ? 0 : 1;
  Require(state, failed == 0, "a line was not written");
  state.SetItemsProcessed(state.iterations());
}

std::chrono::nanoseconds Now() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

const RegisterRows registration([] {
  constexpr char kCase[] = "file_pool/append";
  AddRow(kCase, Role::kBaseline, "open, write, close",
         [](benchmark::State& state) {
           AppendLines(state, [] {
             const int file =
                 open(kPath, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
             const auto written = write(file, kLine.data(), kLine.size());
             return close(file) == 0 &&
                    static_cast<std::size_t>(written) == kLine.size();
           });
         });
  AddRow(kCase, Role::kSubject, "FilePool", [](benchmark::State& state) {
    FilePool pool({}, Now);
    const std::string path = kPath;
    AppendLines(state, [&] { return !pool.Append(path, kLine); });
  });
  AddRow(kCase, Role::kPeer, "std::ofstream, each time",
         [](benchmark::State& state) {
           AppendLines(state, [] {
             std::ofstream file(kPath, std::ios::app);
             file << kLine << std::flush;
             return file.good();
           });
         });
  AddRow(kCase, Role::kPeer, "one descriptor, never checked",
         [](benchmark::State& state) {
           std::error_code error;
           const FileDescriptor file = OpenToAppend(kPath, error);
           AppendLines(state, [&] { return !WriteAll(file, kLine); });
         });
  AddRow(kCase, Role::kPeer, "one descriptor, checked",
         [](benchmark::State& state) {
           std::error_code error;
           const std::string path = kPath;
           FileDescriptor file = OpenToAppend(path, error);
           AppendLines(state, [&] {
             if (!NamesOpenFile(path, file)) file = OpenToAppend(path, error);
             return !WriteAll(file, kLine);
           });
         });
});

}  // namespace
}  // namespace workbook
