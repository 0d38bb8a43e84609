// SPDX-License-Identifier: Apache-2.0

// The log that tests and benchmarks convert.
#ifndef WORKBOOK_EXERCISES_04_01_TESTING_ACCESS_LOG_INPUT_H_
#define WORKBOOK_EXERCISES_04_01_TESTING_ACCESS_LOG_INPUT_H_

#include <string>

namespace workbook {

// `records` records: names in several alphabets, escapes, quotes and line ends
// in notes, and one in twenty that must be rejected. The same on every machine.
inline std::string AccessLogOf(int records) {
  const char* const users[] = {"Ann", "BOB", "J\xC3\xBCrgen.Example",
                               "\xE6\x9D\x8E", "service-account-17"};
  const char* const paths[] = {"/", "/index.html", "/search?q=caf%C3%A9%20noir",
                               "/static/js/app.bundle.min.js",
                               "/a%2Fb/%E2%82%AC/%22quoted%22"};
  const char* const notes[] = {
      "", "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101",
      "\"said \"\"hello, world\"\"\r\nand left\"", "\"curl/7.88.1, quiet\"",
      "ok\ttabbed"};
  std::string csv;
  for (int i = 0; i < records; ++i) {
    csv += std::string(users[i % 5]) + "," + paths[i / 2 % 5] + ",";
    csv += i % 20 == 19 ? "abc" : std::to_string(200 + i % 7 * 50);
    csv += "," + std::to_string(i % 1000) + "." + std::to_string(i * 7 % 10);
    csv += std::string(",") + notes[i / 3 % 5] + (i % 2 == 0 ? "\n" : "\r\n");
  }
  return csv;
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_01_TESTING_ACCESS_LOG_INPUT_H_
