// SPDX-License-Identifier: Apache-2.0
#include "tests/support/net_server.h"

#include <exception>
#include <utility>
#include <vector>

namespace sspf::test {
namespace {

net::StoreWork work_of(const NetServerSettings& settings) {
  net::StoreWork work;
  work.serve = [answer = settings.answer](std::vector<HttpRequest>& requests) {
    std::vector<HttpResponse> responses;
    responses.reserve(requests.size());
    for (const HttpRequest& request : requests) responses.push_back(answer(request));
    return responses;
  };
  work.on_idle = [] {};
  work.idle_every = std::chrono::milliseconds(100);
  work.on_fatal = [](const std::exception_ptr&) { std::terminate(); };
  work.queued_calls_max = settings.queued_calls_max;
  return work;
}

net::AdminAnswer answer_admin(std::string_view path) {
  return {path == "/readyz" ? 503 : 200, "text/plain; charset=utf-8", std::string(path)};
}

}  // namespace

HttpResponse echo(const HttpRequest& request) {
  HttpResponse response;
  response.content_type = request.content_type;
  response.body = request.body;
  return response;
}

NetServer::NetServer(const NetServerSettings& settings) : store_(work_of(settings)) {
  const net::ServerSettings server_settings{
      {{"127.0.0.1", 0}}, net::Endpoint{"127.0.0.1", 0}, settings.limits};
  server_.emplace(server_settings, authority_.server_material(),
                  net::Services{net::serve_through(store_), answer_admin}, counters_);
  network_ = std::thread([this] { server_->run(); });
}

NetServer::~NetServer() {
  server_->stop();
  wait_until_stopped();
  store_.stop();
}

void NetServer::wait_until_stopped() {
  if (network_.joinable()) network_.join();
}

TlsClientSettings NetServer::client() const {
  TlsClientSettings settings;
  settings.port = port();
  return settings;
}

bool eventually(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (std::chrono::steady_clock::now() < deadline) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return false;
}

std::string post(const std::string& body) {
  return "POST /sspf.v1.TestService/Echo HTTP/1.1\r\nHost: test\r\nContent-Type: "
         "application/proto\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace sspf::test
