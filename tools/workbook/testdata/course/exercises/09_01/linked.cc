#include "09_01/linked.h"

namespace workbook {

int NotLinked() { return 1; }

}  // namespace workbook
