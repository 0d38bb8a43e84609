#include "01_02/task_future.h"

namespace workbook {

// Yours: what a future does whatever the type of its result.

}  // namespace workbook
