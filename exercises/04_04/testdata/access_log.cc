#include "exercises/04_04/testdata/access_log.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace workbook {
namespace {

constexpr std::string_view kAgents[] = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:%u.0) Gecko/20100101 Firefox/115.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
    "Gecko) Chrome/%u.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/%u.1 Safari/605.1.15",
    "Mozilla/5.0 (compatible; examplebot/%u.0; +http://example.org/bot.html)",
    "curl/7.%u.1",
};
constexpr std::string_view kMethods[] = {"GET", "GET", "GET", "POST", "HEAD"};
constexpr int kStatuses[] = {200, 200, 200, 200, 304, 404, 500, 206};

}  // namespace

ZipfNumbers::ZipfNumbers(std::uint64_t seed, std::size_t count)
    : state_(seed),
      log_count_(std::log(static_cast<double>(count) + 1)),
      count_(count) {}

// SplitMix64: Steele, Lea, Flood, OOPSLA 2014.
std::uint64_t ZipfNumbers::Bits() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

std::size_t ZipfNumbers::Next() {
  const double unit = static_cast<double>(Bits() >> 11) * 0x1p-53;
  const double number = std::exp(unit * log_count_) - 1;
  return std::min(count_ - 1, static_cast<std::size_t>(number));
}

AccessLogMaker::AccessLogMaker(std::uint64_t seed, std::size_t targets)
    : targets_(seed, targets) {}

void AccessLogMaker::AppendLine(std::string& text) {
  const std::uint64_t bits = targets_.Bits();
  std::size_t target = targets_.Next();
  if (++lines_ % 10 == 0) target = 10'000'000 + lines_;
  char agent[256];
  const std::string form(kAgents[bits % std::size(kAgents)]);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  std::snprintf(agent, sizeof(agent), form.c_str(),
                static_cast<unsigned>((bits >> 8) % 60));
#pragma GCC diagnostic pop
  char line[1024];
  const int length = std::snprintf(
      line, sizeof(line),
      "10.%u.%u.%u - - [10/Oct/2025:13:%02u:%02u +0000] \"%s "
      "/catalogue/section-%zu/item-%zu.html HTTP/1.1\" %d %u "
      "\"https://www.example.org/\" \"%s\"\n",
      static_cast<unsigned>(bits >> 16 & 255),
      static_cast<unsigned>(bits >> 24 & 255),
      static_cast<unsigned>(bits >> 32 & 255),
      static_cast<unsigned>(lines_ / 6000 % 60),
      static_cast<unsigned>(lines_ / 100 % 60),
      kMethods[(bits >> 40) % std::size(kMethods)].data(), target % 97, target,
      kStatuses[(bits >> 44) % std::size(kStatuses)],
      static_cast<unsigned>(bits >> 48), agent);
  text.append(line, static_cast<std::size_t>(length));
}

std::string MakeAccessLog(std::size_t bytes, std::uint64_t seed) {
  AccessLogMaker maker(seed);
  std::string text;
  while (text.size() < bytes) maker.AppendLine(text);
  return text;
}

std::vector<std::uint32_t> ZipfWithScans(std::size_t length, std::size_t keys,
                                         std::uint64_t seed) {
  constexpr std::size_t kPart = 5000;
  ZipfNumbers numbers(seed, keys);
  std::vector<std::uint32_t> trace;
  trace.reserve(length);
  std::size_t next_once = keys;
  while (trace.size() < length) {
    const bool is_scan = trace.size() / kPart % 2 == 1;
    trace.push_back(
        static_cast<std::uint32_t>(is_scan ? next_once++ : numbers.Next()));
  }
  return trace;
}

}  // namespace workbook
