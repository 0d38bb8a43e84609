// SPDX-License-Identifier: Apache-2.0

#include "04_04/log_analytics.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "04_04/low_alloc_api.h"
#include "tools/exercise/todo.h"

namespace workbook {

std::string_view ClassifyAgent(std::string_view agent) {
  Todo("04_04 task 10: ClassifyAgent");
}

std::string LogReport::Message() const {
  Todo("04_04 task 10: LogReport::Message");
}

LogAnalytics::LogAnalytics(const LogAnalyticsOptions& options)
    : options_(options),
      stream_(options.stream),
      classes_({.budget_bytes = options.cache_bytes, .shard_count = 1}),
      counter_(options.counter_bytes, options.temp_folder) {}

LogReport LogAnalytics::Run(ByteSource& log, ByteTarget& output) {
  Todo("04_04 task 10: LogAnalytics::Run");
}

}  // namespace workbook
