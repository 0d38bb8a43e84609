#include "01_01/pair.h"

#include <thread>

#include "tools/exercise/todo.h"

namespace workbook {

int SumOfTwo(Counter& counter) { Todo("01_01 task 2: SumOfTwo"); }

}  // namespace workbook
