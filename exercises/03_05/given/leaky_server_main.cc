// SPDX-License-Identifier: Apache-2.0

// Serves requests with the leaky server and prints what the kernel and glibc's
// heap say: bazel run //exercises/03_05/given:leaky_server -- 1000
#include <malloc.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "exercises/03_05/given/leaky_server.h"
#include "exercises/03_05/given/snapshot.h"

int main(int argc, char** argv) {
  const int requests = argc > 1 ? std::atoi(argv[1]) : 1000;
  if (requests < 1 || requests > 4000) {
    std::fprintf(stderr,
                 "leaky_server: %s requests are out of range. Fix: give a "
                 "number from 1 to 4000.\n",
                 argv[1]);
    return 2;
  }
  const std::size_t heap_before = mallinfo2().uordblks;
  workbook::LeakyServer server;
  for (int i = 0; i < requests; ++i) server.Serve();
  std::printf("requests served            %d\n", requests);
  std::printf("entries of /proc/self/task %zu\n",
              workbook::ThreadIds::OfThisProcess().size());
  std::printf("heap bytes for a request   %zu, with glibc's headers\n",
              (mallinfo2().uordblks - heap_before) /
                  static_cast<std::size_t>(requests));
}
