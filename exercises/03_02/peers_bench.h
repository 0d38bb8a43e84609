// SPDX-License-Identifier: Apache-2.0

// The peers of the benchmarks of maps. One hash serves all rows, MixedHash: a
// product that spreads all bits, and says so to boost.
#ifndef WORKBOOK_03_02_PEERS_BENCH_H_
#define WORKBOOK_03_02_PEERS_BENCH_H_

#include <string>
#include <unordered_map>

#include "exercises/03_02/given/hashing.h"
#include "exercises/03_02/maps_bench.h"
#include "tools/bench/rows.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/container/flat_hash_map.h>
#endif
#ifdef WORKBOOK_HAS_BOOST_UNORDERED
#include <boost/unordered/unordered_flat_map.hpp>
#endif
#ifdef WORKBOOK_HAS_ROBIN_MAP
#include <tsl/robin_map.h>
#endif

namespace workbook::maps_bench {

using StdMap = StdLike<std::unordered_map<Number, Number, MixedHash>>;

inline void AddBaselineAndPeers(const std::string& stem,
                                const std::string& operation,
                                const Size& size) {
  AddOperation<StdMap>(stem, operation, size, Role::kBaseline,
                       "std::unordered_map");
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddOperation<StdLike<absl::flat_hash_map<Number, Number, MixedHash>>>(
      stem, operation, size, Role::kPeer, "absl::flat_hash_map");
#else
  AddGap(stem + "/" + operation + "_" + size.name, "absl::flat_hash_map",
         "libabsl-dev");
#endif
#ifdef WORKBOOK_HAS_BOOST_UNORDERED
  AddOperation<StdLike<boost::unordered_flat_map<Number, Number, MixedHash>>>(
      stem, operation, size, Role::kPeer, "boost::unordered_flat_map");
#else
  AddGap(stem + "/" + operation + "_" + size.name, "boost::unordered_flat_map",
         "libboost1.81-dev");
#endif
#ifdef WORKBOOK_HAS_ROBIN_MAP
  AddOperation<StdLike<tsl::robin_map<Number, Number, MixedHash>>>(
      stem, operation, size, Role::kPeer, "tsl::robin_map");
#else
  AddGap(stem + "/" + operation + "_" + size.name, "tsl::robin_map",
         "robin-map-dev");
#endif
}

}  // namespace workbook::maps_bench

#endif  // WORKBOOK_03_02_PEERS_BENCH_H_
