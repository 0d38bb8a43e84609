#include "01_01/pair.h"

#include <thread>

namespace workbook {

int SumOfTwo(Counter& counter) {
  int first = 0;
  std::thread other([&] { first = counter.Next(); });
  other.join();
  return first + counter.Next();
}

}  // namespace workbook
