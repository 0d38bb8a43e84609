// SPDX-License-Identifier: Apache-2.0

#include "02_02/csv_pipeline.h"

#include <algorithm>
#include <utility>

namespace workbook {
namespace {

constexpr std::string_view kHead =
    "region,zones,countries,mean_latitude_seconds,northernmost\n";

}  // namespace

std::string_view CsvPipeline::Run(std::string_view csv) {
  ZoneRows rows(csv);
  ZoneRow row;
  regions_.clear();
  regions_.reserve(16);
  while (rows.Next(row)) AddRow(row);
  std::sort(regions_.begin(), regions_.end(), [](const auto& a, const auto& b) {
    return std::pair(-a.zones, a.name) < std::pair(-b.zones, b.name);
  });
  report_.reserve(1024);
  report_.assign(kHead);
  // std::to_string keeps up to 15 characters inside of its result.
  for (const Region& region : regions_) {
    report_.append(region.name)
        .append(",")
        .append(std::to_string(region.zones));
    report_.append(",")
        .append(std::to_string(region.codes.count()))
        .append(",");
    report_.append(std::to_string(region.latitude_seconds / region.zones));
    report_.append(",").append(region.northernmost).append("\n");
  }
  report_.append("rejected,").append(std::to_string(rows.Rejected()));
  report_.append("\n");
  return report_;
}

// A dozen regions: looking along a vector is quicker than hashing, and it is
// one block that stays.
CsvPipeline::Region& CsvPipeline::RegionOf(std::string_view zone) {
  const std::string_view name = zone.substr(0, zone.find('/'));
  for (Region& region : regions_) {
    if (region.name == name) return region;
  }
  regions_.emplace_back().name = name;
  return regions_.back();
}

void CsvPipeline::AddRow(const ZoneRow& row) {
  Region& region = RegionOf(row.zone);
  if (region.zones == 0 || row.latitude_seconds > region.northernmost_seconds) {
    region.northernmost = row.zone;
    region.northernmost_seconds = row.latitude_seconds;
  }
  ++region.zones;
  region.latitude_seconds += row.latitude_seconds;
  for (std::size_t i = 0; i < row.codes.size(); i += 3) {
    region.codes.set(CountryNumber(row.codes.substr(i, 2)));
  }
}

}  // namespace workbook
