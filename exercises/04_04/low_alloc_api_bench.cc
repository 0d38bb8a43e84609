// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <sstream>
#include <string>
#include <vector>

#include "04_04/low_alloc_api.h"
#include "exercises/04_04/testdata/access_log.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr char kCase[] = "low_alloc_api/select";
constexpr std::size_t kLogBytes = 256 << 10;
constexpr std::string_view kPrefix = "/catalogue/section-1";

// Rows "STATUS TARGET" of successful requests with the prefix. `select(log)`
// returns them as one text. An item is 256 KiB of log.
void Select(benchmark::State& state, const auto& select) {
  const std::string logs[2] = {MakeAccessLog(kLogBytes, 1),
                               MakeAccessLog(kLogBytes, 2)};
  Digest digest;
  for (const std::string& log : logs) {
    digest.Add(std::string_view(select(log)));
  }
  RequireSameDigest(state, kCase, digest);
  std::size_t turn = 0;
  for (auto _ : state) {
    const std::string_view rows = select(logs[turn ^= 1]);
    Keep(rows.data());
  }
  state.SetItemsProcessed(state.iterations());
}

std::vector<std::string> SplitAt(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  std::string part;
  while (std::getline(in, part, separator)) parts.push_back(part);
  return parts;
}

// Options copied, results in a vector of strings, text by concatenation.
struct NaiveOptions {
  std::string prefix;
  int status_to = 599;
};

std::vector<std::string> NaiveSelect(const std::string& log,
                                     NaiveOptions options) {
  std::vector<std::string> rows;
  for (const std::string& line : SplitAt(log, '\n')) {
    const std::vector<std::string> quoted = SplitAt(line, '"');
    const std::string target = SplitAt(quoted[1], ' ')[1];
    const int status = std::stoi(quoted[2]);
    if (target.starts_with(options.prefix) && status <= options.status_to) {
      rows.push_back(std::to_string(status) + " " + target);
    }
  }
  return rows;
}

void Naive(benchmark::State& state) {
  std::string text;
  Select(state, [&text](const std::string& log) {
    text = "";
    NaiveOptions options;
    options.prefix = kPrefix;
    options.status_to = 299;
    for (const std::string& row : NaiveSelect(log, options)) {
      text = text + row + "\n";
    }
    return std::string_view(text);
  });
}

class Rows : public ResultSink {
 public:
  explicit Rows(TextBuilder& builder) : builder_(builder) {}
  bool OnResult(const AccessRecord& record) override {
    builder_.Append(static_cast<std::uint64_t>(record.status));
    builder_.Append(" ").Append(record.target).Append("\n");
    return true;
  }

 private:
  TextBuilder& builder_;
};

void LowAlloc(benchmark::State& state) {
  TextBuilder builder(1 << 20);
  Select(state, [&builder](const std::string& log) {
    builder.Clear();
    Rows rows(builder);
    SelectRecords(log, {.target_prefix = kPrefix, .status_to = 299}, rows);
    return builder.View();
  });
}

const RegisterRows registration([] {
  AddRow(kCase, Role::kBaseline, "naive", Naive);
  AddRow(kCase, Role::kSubject, "SelectRecords", LowAlloc);
});

}  // namespace
}  // namespace workbook
