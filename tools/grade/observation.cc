// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/observation.h"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <nlohmann/json.hpp>

#include "tools/grade/observed_value.h"

namespace workbook::grade {
namespace {

constexpr std::string_view kKinds = "sufpx?*";
constexpr std::string_view kRelations = "=!<l>gtr";
// More than the process ever has; a stream of a million sites is no test's.
constexpr std::uint64_t kMaxSites = 4096;
constexpr std::size_t kMaxName = 128;

struct Evaluation {
  ObservedValue a;
  ObservedValue b;
};

// Evaluations of one site that were told one by one, in their order.
struct Told {
  char relation = 0;
  std::vector<Evaluation> evaluations;
};

// One part of a stream, read from its front.
class Part {
 public:
  explicit Part(std::string_view text) : rest_(text) {}

  bool Skip(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool OneOf(std::string_view choices, char& found) {
    if (rest_.empty() || choices.find(rest_[0]) == std::string_view::npos) {
      return false;
    }
    found = rest_[0];
    rest_.remove_prefix(1);
    return true;
  }
  bool Hex(std::uint64_t& value) {
    const char* const end = rest_.data() + rest_.size();
    const auto [next, error] =
        std::from_chars(rest_.data(), end, value, /*base=*/16);
    if (error != std::errc{}) return false;
    rest_.remove_prefix(static_cast<std::size_t>(next - rest_.data()));
    return true;
  }
  bool Value(ObservedValue& value) {
    return OneOf(kKinds, value.kind) && Hex(value.bits);
  }
  bool Name(std::string& name) {
    const std::size_t end = rest_.find(',');
    if (end == 0 || end == std::string_view::npos || end > kMaxName) {
      return false;
    }
    name = rest_.substr(0, end);
    const bool is_printable = std::all_of(
        name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (!is_printable) return false;
    rest_.remove_prefix(end);
    return true;
  }
  bool ended() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::string Shown(ObservedValue value) {
  switch (value.kind) {
    case 's':
      return fmt::format("{}", static_cast<std::int64_t>(value.bits));
    case 'u':
      return fmt::format("{}", value.bits);
    case 'f':
      return fmt::format("{}", std::bit_cast<double>(value.bits));
    case 'p':
      return value.bits == 0 ? "null" : fmt::format("pointer {}", value.bits);
    case 'x':
      return fmt::format("a value of hash {:x}", value.bits);
    case '*':
      return "what is equal to two different values";
    default:
      return "what can't be read";
  }
}

std::string Shown(char relation, const Evaluation& seen) {
  if (relation == kTrue) return "false where true is asserted";
  constexpr std::string_view kOrders = "=!<l>g";
  constexpr const char* kWords[] = {"equal to", "other than", "below",
                                    "at most",  "above",      "at least"};
  const std::size_t order = kOrders.find(relation);
  return fmt::format(
      "{} where {} {} is asserted", Shown(seen.a),
      order == std::string_view::npos ? "related to" : kWords[order],
      Shown(seen.b));
}

class StreamReader {
 public:
  std::string Read(std::string_view stream) {
    while (!stream.empty()) {
      const std::size_t end = stream.find(';');
      if (end == std::string_view::npos) return "it is cut off";
      if (has_end_) return "something stands behind its end";
      if (!ReadPart(stream.substr(0, end))) return "a part of it is malformed";
      stream.remove_prefix(end + 1);
    }
    if (!has_end_) return "it has no end";
    return told_.empty() ? "" : "it has evaluations of no assertion";
  }

  Observations Take() { return std::move(observations_); }

 private:
  bool ReadPart(std::string_view text) {
    Part part(text);
    if (part.Skip('o')) return ReadEvaluation(part);
    if (part.Skip('s')) return ReadSite(part);
    return part.Skip('e') && ReadEnd(part);
  }

  bool ReadEvaluation(Part& part) {
    std::uint64_t number = 0;
    char relation = 0;
    Evaluation seen;
    if (!part.Hex(number) || number >= kMaxSites ||
        !part.OneOf(kRelations, relation) || !part.Value(seen.a) ||
        !part.Skip(',') || !part.Value(seen.b) || !part.ended() || has_site_) {
      return false;
    }
    Told& told = told_[number];
    if (told.relation != 0 && told.relation != relation) return false;
    told.relation = relation;
    told.evaluations.push_back(seen);
    return true;
  }

  // Its evaluations came before, as many as it says, or fewer of many.
  bool ReadSite(Part& part) {
    std::uint64_t number = 0;
    std::string name;
    SeenSite site;
    if (!part.Hex(number) || !part.Skip(',') || !part.Name(name) ||
        !part.Skip(',') || !part.OneOf(kRelations, site.relation) ||
        !part.Skip(',') || !part.Hex(site.count) || !part.Skip(',') ||
        !part.Hex(site.digest_a) || !part.Skip(',') ||
        !part.Hex(site.digest_b) || !part.ended() || site.count == 0) {
      return false;
    }
    has_site_ = true;
    const Told told = std::move(told_[number]);
    told_.erase(number);
    if (told.relation != 0 && told.relation != site.relation) return false;
    if (told.evaluations.size() > site.count || !HasDigests(told, site)) {
      return false;
    }
    for (const Evaluation& seen : told.evaluations) {
      if (Holds(site.relation, seen.a, seen.b)) continue;
      observations_.broken.emplace(name, Shown(site.relation, seen));
    }
    return observations_.sites.emplace(name, site).second;
  }

  // Where all evaluations were told, the digests are of them.
  static bool HasDigests(const Told& told, const SeenSite& site) {
    if (told.evaluations.size() < site.count) return true;
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    for (const Evaluation& seen : told.evaluations) {
      a = Fold(a, seen.a);
      b = Fold(b, seen.b);
    }
    return a == site.digest_a && b == site.digest_b;
  }

  bool ReadEnd(Part& part) {
    char returned = 0;
    std::uint64_t lost = 0;
    has_end_ = part.OneOf("01", returned) && part.Skip(',') && part.Hex(lost) &&
               part.ended();
    observations_.returned = returned == '1';
    observations_.complete = lost == 0;
    return has_end_;
  }

  Observations observations_;
  std::map<std::uint64_t, Told> told_;  // by the number of the site
  bool has_site_ = false;
  bool has_end_ = false;
};

// "hidden_test.cc:42" of "hidden_test.cc:42:9f3c...".
std::string Place(const std::string& name) {
  return name.substr(0, name.rfind(':'));
}

// An equality has one value. Of an order, one side is the bound and the other
// may be another implementation's.
bool DiffersInValue(const ExpectedSite& expected, const SeenSite& seen) {
  if (!expected.has_a || !expected.has_b) return false;
  return expected.digest_a != seen.digest_a &&
         expected.digest_b != seen.digest_b;
}

std::string Difference(const ExpectedSite& expected, const SeenSite& seen) {
  if (expected.relation != seen.relation) return "is another assertion";
  if (expected.has_count && expected.count != seen.count) {
    return fmt::format("is evaluated {} times and not {}", seen.count,
                       expected.count);
  }
  return expected.has_count && DiffersInValue(expected, seen)
             ? "sees other values"
             : "";
}

// False where what is read of the reference does not satisfy it, either.
bool IsReadable(const ExpectedTest& expected, const std::string& name) {
  return std::none_of(expected.sites.begin(), expected.sites.end(),
                      [&name](const ExpectedSite& site) {
                        return site.name == name && !site.holds;
                      });
}

}  // namespace

Decoded Decode(std::string_view stream) {
  StreamReader reader;
  std::string error = reader.Read(stream);
  if (!error.empty()) return {{}, std::move(error)};
  return {reader.Take(), ""};
}

ExpectedTest Agree(const Observations& first, const Observations& second) {
  ExpectedTest test;
  test.returns = first.returned && second.returned;
  test.complete = first.complete && second.complete;
  for (const auto& [name, one] : first.sites) {
    const auto found = second.sites.find(name);
    if (found == second.sites.end()) continue;
    const SeenSite& other = found->second;
    ExpectedSite site{.name = name, .relation = one.relation};
    site.holds = !first.broken.contains(name) && !second.broken.contains(name);
    site.has_count = one.count == other.count;
    site.has_a = one.digest_a == other.digest_a;
    site.has_b = one.digest_b == other.digest_b;
    site.count = site.has_count ? one.count : 0;
    site.digest_a = site.has_a ? one.digest_a : 0;
    site.digest_b = site.has_b ? one.digest_b : 0;
    test.sites.push_back(std::move(site));
  }
  return test;
}

ObservedComparison Compare(const ExpectedTest& expected,
                           std::string_view stream) {
  if (stream.empty()) return {"it told nothing of its assertions", {}};
  const Decoded decoded = Decode(stream);
  if (!decoded.error.empty()) {
    return {"what it tells of its assertions can't be read: " + decoded.error,
            {}};
  }
  const Observations& seen = decoded.observations;
  if (expected.returns && !seen.returned) return {"its body did not end", {}};
  ObservedComparison result;
  bool shares = expected.sites.empty();
  std::map<std::string, SeenSite> others = seen.sites;
  for (const ExpectedSite& site : expected.sites) {
    const auto found = seen.sites.find(site.name);
    others.erase(site.name);
    if (found == seen.sites.end()) {
      result.differences.push_back(Place(site.name) + " is not evaluated");
      continue;
    }
    shares = true;
    const std::string difference = Difference(site, found->second);
    if (!difference.empty()) {
      result.differences.push_back(Place(site.name) + " " + difference);
    }
  }
  if (!shares) return {"it evaluated none of its assertions", {}};
  for (const auto& [name, site] : others) {
    if (!expected.complete) break;
    result.differences.push_back(Place(name) +
                                 " is not evaluated by the reference");
  }
  for (const auto& [name, what] : seen.broken) {
    if (!IsReadable(expected, name)) continue;
    return {Place(name) + " saw " + what, {}};
  }
  return result;
}

void to_json(nlohmann::json& out, const ExpectedSite& site) {
  out = {site.name,      int{site.relation}, site.holds,
         site.has_count, site.has_a,         site.has_b,
         site.count,     site.digest_a,      site.digest_b};
}

void from_json(const nlohmann::json& in, ExpectedSite& site) {
  site.name = in.at(0);
  site.relation = static_cast<char>(in.at(1).get<int>());
  site.holds = in.at(2);
  site.has_count = in.at(3);
  site.has_a = in.at(4);
  site.has_b = in.at(5);
  site.count = in.at(6);
  site.digest_a = in.at(7);
  site.digest_b = in.at(8);
}

void to_json(nlohmann::json& out, const ExpectedTest& test) {
  out = {{"returns", test.returns},
         {"complete", test.complete},
         {"sites", test.sites}};
}

void from_json(const nlohmann::json& in, ExpectedTest& test) {
  test.returns = in.at("returns");
  test.complete = in.at("complete");
  test.sites = in.at("sites").get<std::vector<ExpectedSite>>();
}

}  // namespace workbook::grade
