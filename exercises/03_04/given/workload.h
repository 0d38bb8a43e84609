// SPDX-License-Identifier: Apache-2.0

// What one has to know of a kind of object before one pools it.
#ifndef WORKBOOK_EXERCISES_03_04_GIVEN_WORKLOAD_H_
#define WORKBOOK_EXERCISES_03_04_GIVEN_WORKLOAD_H_

#include <string>

namespace workbook {

// One kind of object, how a program uses it, and what was measured of it. A use
// is all that happens from getting an object until it is done with.
struct Workload {
  std::string name;
  std::string source;  // the published rows that the times come from

  double uses_per_second = 0;  // of the whole program

  // Times of one use: with an object that is made and destroyed for it, and
  // with one that a warm pool lends, without waiting for any lock.
  double make_ns = 0;
  double pooled_ns = 0;
  // By how much make_ns - pooled_ns may be wrong: half of its 95 % interval.
  double error_ns = 0;

  // The part of a use during which it holds the lock that all threads share;
  // 0 where the pool belongs to one thread, which never waits for itself.
  double locked_ns = 0;

  double touched_bytes = 0;  // of the object, that a use reads or writes
  // Memory that the program touches from one use of a pooled object to the next
  // use of the same one. An object that is made anew gets the block that was
  // freed last, whatever it held.
  double bytes_between_uses = 0;

  double object_bytes = 0;  // an idle object, with all that it owns
  double idle_objects = 0;  // that the pool holds on average
  double busy_objects = 0;  // that are in use at the peak

  // Of a scarce thing that each object holds, idle or busy, such as file
  // descriptors or connections of a server; 0: nothing scarce.
  double resources_per_object = 0;
  double resources_available = 0;
};

// The machine that a workload was measured on.
struct Machine {
  double cache_bytes = 0;   // the cache of one core alone: L2
  double line_bytes = 0;    // what a cache loads at once
  double line_miss_ns = 0;  // a touched line that is not in that cache, on top
  // Memory of the machine for each of its cores: the two are bought together,
  // so this much memory is worth as much as one core.
  double bytes_per_core = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_04_GIVEN_WORKLOAD_H_
