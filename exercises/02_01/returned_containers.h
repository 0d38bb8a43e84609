// SPDX-License-Identifier: Apache-2.0

// Containers that travel: returned, filled, looked at, handed over.
#ifndef WORKBOOK_02_01_RETURNED_CONTAINERS_H_
#define WORKBOOK_02_01_RETURNED_CONTAINERS_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace workbook {

// Returns the readings above `limit`, in their order.
// Cost: O(n); one allocation, of at most 8 bytes for each reading.
// Thread safety: any thread, for all functions here.
std::vector<double> Above(std::span<const double> readings, double limit);

// Does the same into `out`, in the place of what it held.
// Cost: O(n); no allocation while `out` has the capacity.
void AboveInto(std::span<const double> readings, double limit,
               std::vector<double>& out);

// Returns the longest run of readings of which each is larger than the one
// before it; of equally long ones the first.
// Cost: O(n); no allocation.
std::vector<double> LongestRise(std::span<const double> readings);

// A named series of readings.
// Thread safety: one thread at a time for each object.
class Series {
 public:
  // Takes over both. Texts and readings that are moved in stay where they are.
  // Cost: O(1) and no allocation for what is moved in; a copy of the rest.
  Series(const std::string& name, const std::vector<double>& readings);

  // Returns the name.
  // Cost: O(1); no allocation.
  const std::string& name() const { return name_; }

  // Returns the readings as they are, without a copy.
  // Cost: O(1); no allocation.
  std::vector<double> readings() const { return readings_; }

  // Gives the readings away and keeps none.
  // Cost: O(1); no allocation.
  std::vector<double> TakeReadings();

 private:
  std::string name_;
  std::vector<double> readings_;
};

// Returns the `count` series with the most readings, the longest first; of
// equally long ones in their order.
// Cost: O(n log n); no allocation for each series: what is moved in is moved.
// std::stable_sort may take one block for them all.
std::vector<Series> Longest(const std::vector<Series>& all, std::size_t count);

}  // namespace workbook

#endif  // WORKBOOK_02_01_RETURNED_CONTAINERS_H_
