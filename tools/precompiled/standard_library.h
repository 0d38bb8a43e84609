// SPDX-License-Identifier: Apache-2.0

// What references and tests include of the standard library.
#ifndef WORKBOOK_TOOLS_PRECOMPILED_STANDARD_LIBRARY_H_
#define WORKBOOK_TOOLS_PRECOMPILED_STANDARD_LIBRARY_H_

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <new>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#endif  // WORKBOOK_TOOLS_PRECOMPILED_STANDARD_LIBRARY_H_
