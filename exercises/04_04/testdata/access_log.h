// Access logs and cache traces, made from a seed: the same on every machine.
#ifndef WORKBOOK_EXERCISES_04_04_TESTDATA_ACCESS_LOG_H_
#define WORKBOOK_EXERCISES_04_04_TESTDATA_ACCESS_LOG_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

// Numbers 0 to `count` - 1, number i with a probability near 1 / (i + 1): the
// continuous form of Zipf's law, which needs no table.
class ZipfNumbers {
 public:
  ZipfNumbers(std::uint64_t seed, std::size_t count);
  std::size_t Next();
  std::uint64_t Bits();

 private:
  std::uint64_t state_;
  double log_count_;
  std::size_t count_;
};

// Well-formed lines of an access log. The combined format; targets by Zipf's
// law, and every tenth one that comes once; a few hundred agents.
class AccessLogMaker {
 public:
  explicit AccessLogMaker(std::uint64_t seed, std::size_t targets = 50'000);
  // Appends one line with its '\n'.
  void AppendLine(std::string& text);

 private:
  ZipfNumbers targets_;
  std::uint64_t lines_ = 0;
};

// At least `bytes` of whole lines.
std::string MakeAccessLog(std::size_t bytes, std::uint64_t seed = 1);

// Keys to ask a cache for, by number: Zipf over `keys` keys; after each 5000
// of them a scan of 5000 keys, each asked for once and never again.
std::vector<std::uint32_t> ZipfWithScans(std::size_t length, std::size_t keys,
                                         std::uint64_t seed);

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_04_TESTDATA_ACCESS_LOG_H_
