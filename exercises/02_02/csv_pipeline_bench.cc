// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "02_02/csv_pipeline.h"
#include "exercises/02_02/before/csv_pipeline.h"
#include "exercises/02_02/scenario_bench.h"
#include "exercises/02_02/testdata/inputs.h"

#if defined(WORKBOOK_HAS_BOOST_CONTAINER) && defined(WORKBOOK_HAS_ABSEIL_CPP)
#include <absl/container/flat_hash_map.h>
#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>

#include <boost/tokenizer.hpp>
#define WORKBOOK_HAS_CSV_PEER
#endif

namespace workbook {
namespace {

constexpr char kCase[] = "csv_pipeline/whole_table";

#ifdef WORKBOOK_HAS_CSV_PEER
// The same report with the parts that libraries bring: Boost's tokenizer for
// the quotes, Abseil's map and strings. It checks less.
class LibraryPipeline {
 public:
  std::string_view Run(const std::string& csv) {
    absl::flat_hash_map<std::string, Region> regions;
    long rejected = 0;
    const std::vector<absl::string_view> lines =
        absl::StrSplit(csv, '\n', absl::SkipEmpty());
    for (std::size_t i = 1; i < lines.size(); ++i) {
      rejected += AddRow(lines[i], regions) ? 0 : 1;
    }
    std::vector<std::pair<std::string, const Region*>> order;
    for (const auto& [name, region] : regions)
      order.emplace_back(name, &region);
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      return a.second->zones != b.second->zones
                 ? a.second->zones > b.second->zones
                 : a.first < b.first;
    });
    report_ = "region,zones,countries,mean_latitude_seconds,northernmost\n";
    for (const auto& [name, region] : order) {
      absl::StrAppend(&report_, name, ",", region->zones, ",",
                      region->codes.size(), ",", region->sum / region->zones,
                      ",", region->northernmost, "\n");
    }
    absl::StrAppend(&report_, "rejected,", rejected, "\n");
    return report_;
  }

 private:
  struct Region {
    long zones = 0;
    long sum = 0;
    long most = 0;
    std::string northernmost;
    std::set<std::string> codes;
  };

  static bool AddRow(absl::string_view line,
                     absl::flat_hash_map<std::string, Region>& regions) {
    const boost::escaped_list_separator<char> separator('\0', ',', '"');
    using Tokens =
        boost::tokenizer<boost::escaped_list_separator<char>, const char*>;
    const Tokens tokens(line.data(), line.data() + line.size(), separator);
    const std::vector<std::string> fields(tokens.begin(), tokens.end());
    if (fields.size() != 4) return false;
    int degrees = 0;
    int minutes = 0;
    int seconds = 0;
    const std::string& place = fields[1];
    if (!absl::SimpleAtoi(place.substr(1, 2), &degrees) ||
        !absl::SimpleAtoi(place.substr(3, 2), &minutes) ||
        (place.size() == 15 &&
         !absl::SimpleAtoi(place.substr(5, 2), &seconds)) ||
        fields[2].find('/') == std::string::npos ||
        fields[2].find('?') != std::string::npos) {
      return false;
    }
    const long latitude = (place[0] == '-' ? -1L : 1L) *
                          (degrees * 3600L + minutes * 60L + seconds);
    Region& region = regions[fields[2].substr(0, fields[2].find('/'))];
    if (region.zones == 0 || latitude > region.most) {
      region.most = latitude;
      region.northernmost = fields[2];
    }
    ++region.zones;
    region.sum += latitude;
    for (const absl::string_view code : absl::StrSplit(fields[0], ',')) {
      region.codes.emplace(std::string(code));
    }
    return true;
  }

  std::string report_;
};
#endif

const RegisterRows registration([] {
  const TwoInputs inputs = Alternating(ZonesCsv(), "Europe/Andorra", '?');
  const auto run = [](auto& pipeline, const std::string& csv) {
    return pipeline.Run(csv);
  };
  AddScenarioRow<before::CsvPipeline>(kCase, Role::kBaseline, "before", inputs,
                                      run);
  AddScenarioRow<CsvPipeline>(kCase, Role::kSubject, "CsvPipeline", inputs,
                              run);
#ifdef WORKBOOK_HAS_CSV_PEER
  AddScenarioRow<LibraryPipeline>(kCase, Role::kPeer,
                                  "boost::tokenizer + absl::flat_hash_map",
                                  inputs, run);
#else
  AddGap(kCase, "boost::tokenizer + absl::flat_hash_map",
         "libabsl-dev and libboost1.81-dev");
#endif
});

}  // namespace
}  // namespace workbook
