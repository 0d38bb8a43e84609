#include "01_01/pair.h"

#include <thread>

namespace workbook {

int SumOfTwo([[maybe_unused]] Counter& counter) {
  Todo("01_01 task 2: SumOfTwo");
}

}  // namespace workbook
