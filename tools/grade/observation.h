// SPDX-License-Identifier: Apache-2.0

// What the assertions of a hidden test saw, read and compared outside of the
// test's process: what the reference's saw stays in the plan.
#ifndef WORKBOOK_TOOLS_GRADE_OBSERVATION_H_
#define WORKBOOK_TOOLS_GRADE_OBSERVATION_H_

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::grade {

// One assertion of a test, over all its evaluations.
struct SeenSite {
  char relation = 0;
  std::uint64_t count = 0;
  std::uint64_t digest_a = 0;
  std::uint64_t digest_b = 0;
};

struct Observations {
  bool returned = false;  // the body ended as a function ends
  bool complete = true;   // no assertion was one too many
  // By "FILE:LINE:HASH", with the hash of the assertion's words and its
  // relation.
  std::map<std::string, SeenSite> sites;
  // Of assertions that can't have held, what they saw first.
  std::map<std::string, std::string> broken;
};

struct Decoded {
  Observations observations;
  std::string error;  // empty if the stream was read
};

// Reads the stream that observed.h writes. Cost: linear.
// On failure: `error` says what is wrong with it, and observations has nothing.
Decoded Decode(std::string_view stream);

// What two runs of the reference agreed on.
struct ExpectedSite {
  std::string name;
  char relation = 0;
  bool holds = true;  // what was read of it satisfied it
  // What differed between the runs is left out.
  bool has_count = false;
  bool has_a = false;
  bool has_b = false;
  std::uint64_t count = 0;
  std::uint64_t digest_a = 0;
  std::uint64_t digest_b = 0;
  bool operator==(const ExpectedSite&) const = default;
};

struct ExpectedTest {
  bool returns = false;
  bool complete = false;
  std::vector<ExpectedSite> sites;
  bool operator==(const ExpectedTest&) const = default;
};

ExpectedTest Agree(const Observations& first, const Observations& second);

struct ObservedComparison {
  // Why the test can't have passed; empty if it can.
  std::string impossible;
  // What honest code may do as well: "FILE:LINE", and what differs there.
  std::vector<std::string> differences;
};

// Holds a passed test's stream against the reference's. Impossible is a stream
// that can't be read or is none, a body that did not return, an operand that
// can't have satisfied its assertion, and a test that reached no assertion that
// the reference reached.
ObservedComparison Compare(const ExpectedTest& expected,
                           std::string_view stream);

void to_json(nlohmann::json& json, const ExpectedTest& test);
void from_json(const nlohmann::json& json, ExpectedTest& test);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_OBSERVATION_H_
