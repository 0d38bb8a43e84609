#include "01_01/pair.h"

#include <thread>

namespace workbook {

int SumOfTwo([[maybe_unused]] Counter& counter) {
#if WORKBOOK_STUB
  Todo("01_01 task 2: SumOfTwo");
#else
  int first = 0;
  std::thread other([&] { first = counter.Next(); });
  other.join();
  return first + counter.Next();
#endif
}

}  // namespace workbook
