// SPDX-License-Identifier: Apache-2.0

#include "03_05/worker_group.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

namespace workbook {

std::size_t ForEachIndex(
    std::size_t count, std::size_t max_workers,
    const std::function<void(std::size_t, std::stop_token)>& job,
    std::stop_token stop) {
  std::atomic<std::size_t> done{0};
  Channel<std::size_t> indices(max_workers);
  TaskScope scope(std::move(stop));  // dies first: its tasks use the others
  const auto work = [&](const std::stop_token& stopped) {
    while (std::optional<std::size_t> index = indices.Receive(stopped)) {
      if (stopped.stop_requested()) return;
      job(*index, stopped);
      done.fetch_add(1, std::memory_order_relaxed);
    }
  };
  for (std::size_t i = std::min(count, max_workers); i > 0; --i) {
    scope.Start(work);
  }
  for (std::size_t index = 0; index < count; ++index) {
    if (!indices.Send(std::size_t{index}, scope.Token())) break;
  }
  indices.Close();
  scope.Wait();
  return done;
}

}  // namespace workbook
