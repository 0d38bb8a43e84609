#include "09_09/ring.h"

namespace workbook {

Ring::Ring(std::size_t) {}

}  // namespace workbook
