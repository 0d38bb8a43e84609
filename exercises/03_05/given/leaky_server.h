// SPDX-License-Identifier: Apache-2.0

// A server that gives each request a thread, and waits for a reply that never
// comes.
#ifndef WORKBOOK_EXERCISES_03_05_GIVEN_LEAKY_SERVER_H_
#define WORKBOOK_EXERCISES_03_05_GIVEN_LEAKY_SERVER_H_

#include <future>
#include <thread>
#include <vector>

#include "exercises/03_05/given/live_task.h"

namespace workbook {

// Serves requests that need a database which is down.
// Thread safety: one thread.
class LeakyServer {
 public:
  LeakyServer() : reply_(database_.get_future()) {}
  LeakyServer(const LeakyServer&) = delete;
  LeakyServer& operator=(const LeakyServer&) = delete;
  // Lets the database answer at last, so that what leaked can end.
  ~LeakyServer() {
    database_.set_value();
    for (std::thread& thread : threads_) thread.join();
  }

  // Takes a request, and returns at once.
  void Serve() {
    threads_.emplace_back([reply = reply_] {
      const LiveTask task;
      reply.wait();  // no time limit, no stop token: no way out
    });
  }

 private:
  std::promise<void> database_;
  std::shared_future<void> reply_;
  std::vector<std::thread> threads_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_05_GIVEN_LEAKY_SERVER_H_
