// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <nlohmann/json.hpp>

#include "04_01/access_log.h"
#include "exercises/04_01/before/access_log.h"
#include "exercises/04_01/testing/access_log_input.h"
#include "exercises/04_01/zero_alloc_bench.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/ascii.h>
#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>
#endif

namespace workbook {
namespace {

constexpr char kCase[] = "access_log/one_thousand_records";
constexpr std::int64_t kRecords = 1000;

// Two logs in turn, of the same length: an answer that is remembered is wrong.
// The buffer is the caller's: made before anything is counted. An item is a
// record.
template <typename Arena, typename Convert>
void AddLogRow(Role role, const char* name, Convert convert) {
  AddRow(kCase, role, name, [=](benchmark::State& state) {
    std::string logs[2] = {AccessLogOf(kRecords), AccessLogOf(kRecords)};
    logs[1][logs[1].find("index")] = 'I';
    std::vector<char> json(400'000);
    Arena scratch;
    Digest digest;
    for (const std::string& log : logs) {
      digest.Add(Written(json, convert(log, scratch, json)));
    }
    RequireSameDigest(state, kCase, digest);
    std::size_t turn = 0;
    for (auto _ : state) {
      auto result = convert(logs[turn], scratch, std::span(json));
      Keep(result);
      turn ^= 1;
    }
    state.SetItemsProcessed(state.iterations() * kRecords);
  });
}

#ifdef WORKBOOK_HAS_ABSEIL_CPP
struct NoScratch {};

// Up to the end of a record, quotes and all; there is no library for this.
std::vector<std::string> TakeRecord(std::string_view& csv) {
  std::vector<std::string> fields(1);
  std::size_t at = 0;
  bool quoted = false;
  for (; at < csv.size() && (quoted || csv[at] != '\n'); ++at) {
    const bool doubled = quoted && csv.substr(at, 2) == "\"\"";
    if (csv[at] == '"' && !doubled) {
      quoted = !quoted;
    } else if (csv[at] == ',' && !quoted) {
      fields.emplace_back();
    } else if (quoted || csv[at] != '\r') {
      fields.back() += csv[at];
      at += doubled ? 1 : 0;
    }
  }
  csv.remove_prefix(std::min(at + 1, csv.size()));
  return fields;
}

std::string PercentDecoded(const std::string& text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int byte = static_cast<unsigned char>(text[i]);
    if (text[i] == '%') {
      byte = std::stoi(text.substr(i + 1, 2), nullptr, 16);
      i += 2;
    }
    decoded += static_cast<char>(byte);
  }
  return decoded;
}

std::string Quoted(const std::string& text) {
  return nlohmann::json(text).dump();
}

// The parts that libraries have: Abseil's numbers and concatenation, and the
// JSON library's strings, which also check UTF-8. It checks less.
BufferResult ConvertByLibraries(std::string_view csv, NoScratch&,
                                std::span<char> json) {
  std::string lines;
  int rejected = 0;
  while (!csv.empty()) {
    const std::vector<std::string> fields = TakeRecord(csv);
    int status = 0;
    double ms = 0;
    if (fields.size() != 5 || !absl::SimpleAtoi(fields[2], &status) ||
        !absl::SimpleAtod(fields[3], &ms)) {
      ++rejected;
      continue;
    }
    absl::StrAppend(
        &lines, "{\"user\":", Quoted(absl::AsciiStrToLower(fields[0])),
        ",\"path\":", Quoted(PercentDecoded(fields[1])), ",\"status\":", status,
        ",\"ms\":", ms, ",\"note\":", Quoted(fields[4]), "}\n");
  }
  absl::StrAppend(&lines, "{\"rejected\":", rejected, "}\n");
  std::copy(lines.begin(), lines.end(), json.begin());
  return {BufferStatus::kOk, lines.size()};
}
#endif

const RegisterRows registration([] {
  AddLogRow<before::Scratch>(Role::kBaseline, "before",
                             before::ConvertAccessLog);
  AddLogRow<Scratch>(Role::kSubject, "ConvertAccessLog", ConvertAccessLog);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddLogRow<NoScratch>(Role::kPeer, "absl + nlohmann::json",
                       ConvertByLibraries);
#else
  AddGap(kCase, "absl + nlohmann::json", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
