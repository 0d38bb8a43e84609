#include "01_02/pool_allocator.h"

// Room for what needs no template. The tests do not ask for it.
