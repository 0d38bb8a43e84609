// The real inputs of the scenarios, compiled in: a test or a benchmark needs no
// path to a file. README.md says where they come from.
#ifndef WORKBOOK_EXERCISES_02_02_TESTDATA_INPUTS_H_
#define WORKBOOK_EXERCISES_02_02_TESTDATA_INPUTS_H_

#include <string>
#include <string_view>
#include <vector>

namespace workbook {

// zones.csv: 312 time zones, their countries and places.
std::string_view ZonesCsv();

// tzdata.zi: the time zone database.
std::string_view TimeZoneData();

struct HttpExample {
  std::string name;
  int status = 0;  // of the response that it must get
  std::string bytes;
};

// requests.txt, one request a line, and the ones that are too large to
// keep in a file.
const std::vector<HttpExample>& HttpExamples();

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_02_02_TESTDATA_INPUTS_H_
