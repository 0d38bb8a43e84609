// SPDX-License-Identifier: Apache-2.0

// The web server's log that the report's tests and benchmarks read.
#ifndef WORKBOOK_EXERCISES_04_01_TESTING_WEB_LOG_H_
#define WORKBOOK_EXERCISES_04_01_TESTING_WEB_LOG_H_

#include <string>

namespace workbook {

// Makes `lines` lines of the Common Log Format: some dozens of paths, both line
// ends, and one line in twenty that is no record. The same on every machine.
inline std::string WebLogOf(int lines) {
  const char* const paths[] = {"/", "/index.html", "/static/js/app.bundle.js",
                               "/api/v1/items?page="};
  std::string log;
  for (int i = 0; i < lines; ++i) {
    log += "192.0.2." + std::to_string(i * 37 % 251);
    log += " - frank [10/Oct/2000:13:55:36 -0700] \"GET ";
    log += paths[i * 7 % 4];
    if (i * 7 % 4 == 3) log += std::to_string(i * 13 % 40);
    log += i % 20 == 19 ? "\" " : " HTTP/1.1\" ";
    log += std::to_string(200 + i % 3 * 102) + " ";
    log += i % 9 == 0 ? "-" : std::to_string(i * 977 % 90'000);
    log += i % 2 == 0 ? "\n" : "\r\n";
  }
  return log;
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_01_TESTING_WEB_LOG_H_
