// Calls the fault that FAULT names; in the place of a test program.
#include "exercises/09_01/crashing.h"

#include <cstdio>

int main() {
  std::puts("[ RUN      ] Task6Crashing.WritesThroughNull");
  std::fflush(stdout);
  alignas(int) static const char bytes[8] = {};
  static_cast<void>(bytes);
  FAULT;
  return 0;
}
