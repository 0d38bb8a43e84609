// SPDX-License-Identifier: Apache-2.0

// Both ends of a connection on 127.0.0.1, every wait bounded.
#ifndef WORKBOOK_EXERCISES_01_02_TESTING_LOOPBACK_SERVERS_H_
#define WORKBOOK_EXERCISES_01_02_TESTING_LOOPBACK_SERVERS_H_

#include <arpa/inet.h>
#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace workbook {

// What a connection or one exchange may take at most.
inline constexpr int kTimeoutSeconds = 5;

inline std::unique_ptr<httplib::Client> Connect(int port) {
  auto client = std::make_unique<httplib::Client>("127.0.0.1", port);
  client->set_connection_timeout(kTimeoutSeconds);
  client->set_read_timeout(kTimeoutSeconds);
  client->set_write_timeout(kTimeoutSeconds);
  client->set_keep_alive(true);
  return client;
}

// A server of cpp-httplib on 127.0.0.1 that dies with the test.
class LoopbackServer {
 public:
  explicit LoopbackServer(httplib::Server::Handler handler) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(4); };
    server_.set_read_timeout(kTimeoutSeconds);
    server_.set_write_timeout(kTimeoutSeconds);
    server_.Get(R"(/record/(\d+))", std::move(handler));
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // stop() does nothing before the server runs, and join() would hang.
    const auto deadline = std::chrono::steady_clock::now() +
                          std::chrono::seconds(kTimeoutSeconds);
    while (!server_.is_running() &&
           std::chrono::steady_clock::now() < deadline) {
      std::this_thread::yield();
    }
  }
  ~LoopbackServer() {
    server_.stop();
    thread_.join();
  }
  int port() const { return port_; }

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

// A server that knows no HTTP: accepts one connection and answers each request
// head with the bytes that it is given.
class RawServer {
 public:
  RawServer() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, any, size) == 0 && listen(listener_, 1) == 0 &&
        getsockname(listener_, any, &size) == 0) {
      port_ = ntohs(address.sin_port);
    }
  }
  ~RawServer() {
    if (connection_ >= 0) close(connection_);
    close(listener_);
  }
  int port() const { return port_; }

  bool Answer(std::string_view response) {
    if (connection_ < 0) {
      if (!Readable(listener_)) return false;
      connection_ = accept(listener_, nullptr, nullptr);
    }
    std::string request;
    while (!request.ends_with("\r\n\r\n")) {
      char bytes[1024];
      if (!Readable(connection_)) return false;
      const ssize_t count = recv(connection_, bytes, sizeof(bytes), 0);
      if (count <= 0) return false;
      request.append(bytes, static_cast<std::size_t>(count));
    }
    return send(connection_, response.data(), response.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(response.size());
  }

 private:
  static bool Readable(int descriptor) {
    pollfd waited{descriptor, POLLIN, 0};
    return poll(&waited, 1, kTimeoutSeconds * 1000) == 1;
  }

  int listener_;
  int connection_ = -1;
  int port_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_TESTING_LOOPBACK_SERVERS_H_
