// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_02/before/csv_pipeline.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "exercises/02_02/before/zone_rows.h"

namespace workbook::before {
namespace {

constexpr std::string_view kHead =
    "region,zones,countries,mean_latitude_seconds,northernmost\n";

struct Zone {
  std::string name;
  std::vector<std::string> codes;
  long latitude_seconds = 0;
};

// The zones of a region, in the order of the table.
using Zones = std::vector<Zone>;

Zone MakeZone(const ZoneRow& row) {
  Zone zone{std::string(row.zone), {}, row.latitude_seconds};
  for (std::size_t i = 0; i < row.codes.size(); i += 3) {
    zone.codes.emplace_back(row.codes.substr(i, 2));
  }
  return zone;
}

std::string RegionLine(const std::string& name, const Zones& zones) {
  std::set<std::string> codes;
  long sum = 0;
  const Zone* northernmost = &zones[0];
  for (const Zone& zone : zones) {
    codes.insert(zone.codes.begin(), zone.codes.end());
    sum += zone.latitude_seconds;
    if (zone.latitude_seconds > northernmost->latitude_seconds) {
      northernmost = &zone;
    }
  }
  const long count = static_cast<long>(zones.size());
  return name + "," + std::to_string(count) + "," +
         std::to_string(codes.size()) + "," + std::to_string(sum / count) +
         "," + northernmost->name + "\n";
}

}  // namespace

std::string_view CsvPipeline::Run(std::string_view csv) {
  ZoneRows rows(csv);
  ZoneRow row;
  // All zones first, then the zones by region, then the regions by size.
  Zones zones;
  while (rows.Next(row)) zones.push_back(MakeZone(row));
  std::map<std::string, Zones> regions;
  for (const Zone& zone : zones) {
    regions[zone.name.substr(0, zone.name.find('/'))].push_back(zone);
  }
  std::vector<std::pair<std::string, Zones>> order(regions.begin(),
                                                   regions.end());
  std::sort(order.begin(), order.end(),
            [](const auto& left, const auto& right) {
              return left.second.size() != right.second.size()
                         ? left.second.size() > right.second.size()
                         : left.first < right.first;
            });
  std::string report(kHead);
  for (const auto& [name, zones_of_region] : order) {
    report += RegionLine(name, zones_of_region);
  }
  report += "rejected," + std::to_string(rows.Rejected()) + "\n";
  report_ = report;
  return report_;
}

}  // namespace workbook::before
