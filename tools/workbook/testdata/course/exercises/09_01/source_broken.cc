#include "09_01/source_broken.h"

namespace workbook {

int SourceBroken() { return "one"; }

}  // namespace workbook
