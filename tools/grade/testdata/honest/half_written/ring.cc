#include "09_09/ring.h"
