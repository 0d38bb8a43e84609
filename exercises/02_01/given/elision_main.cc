// SPDX-License-Identifier: Apache-2.0

// Prints "NAME ALLOCATIONS BYTES" for each snippet, of the second run: the
// first one also makes what is static. record_elision.sh builds it for each
// compiler and level.
#include <cstdio>

#include "exercises/02_01/given/snippets.h"
#include "tools/probe/probe.h"

int main() {
  for (const workbook::Snippet& snippet : workbook::Snippets()) {
    snippet.run();
    workbook::AllocationCounts counts;
    {
      const workbook::AllocationScope scope;
      snippet.run();
      counts = scope.Counts();
    }
    std::printf("%.*s %lld %lld\n", static_cast<int>(snippet.name.size()),
                snippet.name.data(), static_cast<long long>(counts.allocations),
                static_cast<long long>(counts.bytes_allocated));
  }
}
