// SPDX-License-Identifier: Apache-2.0

// make_log MIB: writes an access log of at least MIB MiB to stdout.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "exercises/04_04/testdata/access_log.h"

int main(int argc, char** argv) {
  const unsigned long mib = argc == 2 ? std::strtoul(argv[1], nullptr, 10) : 0;
  if (mib == 0) {
    std::fputs("usage: make_log MIB >LOG\n", stderr);
    return 2;
  }
  workbook::AccessLogMaker maker(1);
  std::string text;
  for (std::size_t bytes = 0; bytes < mib << 20; bytes += text.size()) {
    text.clear();
    while (text.size() < (1 << 20)) maker.AppendLine(text);
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
      std::perror("make_log: the log cannot be written; make room");
      return 1;
    }
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
