// SPDX-License-Identifier: Apache-2.0
#include "server/net/listener.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <set>
#include <stdexcept>
#include <utility>

#include "server/base/ensure.h"
#include "server/net/accept.h"
#include "server/net/admin.h"
#include "server/net/connection_limits.h"
#include "server/net/return_path.h"
#include "server/net/session.h"

namespace sspf::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

Endpoint loopback_only(const Endpoint& endpoint) {
  error_code error;
  const auto address = asio::ip::make_address(endpoint.address, error);
  if (error || !address.is_loopback()) {
    throw std::runtime_error("the admin address is not a loopback address: " + endpoint.address);
  }
  return endpoint;
}

}  // namespace

class Server::Impl {
 public:
  Impl(const ServerSettings& settings, const TlsMaterial& tls, Services services,
       NetCounters& counters);
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { return_path_->close(); }

  const std::vector<std::uint16_t>& ports() const { return ports_; }
  std::uint16_t admin_port() const;
  void run();
  void stop();

 private:
  // What happens when a session's coroutine has ended, also by an exception: only that session is
  // concerned.
  struct SessionEnd {
    Impl* server;
    std::shared_ptr<Session> session;
    void operator()(const std::exception_ptr&) const { server->forget(session); }
  };

  void admit(tcp::socket socket);
  void admit_admin(tcp::socket socket);
  void forget(const std::shared_ptr<Session>& session);
  void begin_stop();
  void end_when_drained();

  // NB: the order matters. The io_context destroys the coroutines, which use what stands before it;
  // what stands after it belongs to it.
  const NetLimits limits_;
  const Services services_;
  NetCounters& counters_;
  asio::ssl::context tls_;
  ConnectionLimits connections_;
  ConnectionLimits admin_connections_;
  NetCounters admin_counters_;
  OnConnection on_connection_;
  OnConnection on_admin_connection_;
  asio::io_context network_{1};
  const std::shared_ptr<ReturnPath> return_path_ = std::make_shared<ReturnPath>(network_);
  const SessionSurroundings surroundings_{tls_, limits_, services_.serve, counters_, return_path_};
  std::vector<tcp::acceptor> acceptors_;
  std::optional<tcp::acceptor> admin_acceptor_;
  asio::steady_timer shutdown_deadline_{network_};
  std::set<std::shared_ptr<Session>> sessions_;
  bool is_stopping_ = false;
  std::vector<std::uint16_t> ports_;  // as bound; unlike the acceptors, readable from any thread
  std::optional<std::uint16_t> admin_port_;
};

Server::Impl::Impl(const ServerSettings& settings, const TlsMaterial& tls, Services services,
                   NetCounters& counters)
    : limits_(settings.limits),
      services_(std::move(services)),
      counters_(counters),
      tls_(make_tls_context(tls).release()),
      connections_(limits_, counters_),
      admin_connections_(limits_, admin_counters_),
      on_connection_([this](tcp::socket socket) { admit(std::move(socket)); }),
      on_admin_connection_([this](tcp::socket socket) { admit_admin(std::move(socket)); }) {
  for (const Endpoint& endpoint : settings.endpoints) {
    acceptors_.push_back(listen_on(network_, endpoint));
    ports_.push_back(acceptors_.back().local_endpoint().port());
  }
  if (!settings.admin) return;
  admin_acceptor_ = listen_on(network_, loopback_only(*settings.admin));
  admin_port_ = admin_acceptor_->local_endpoint().port();
}

std::uint16_t Server::Impl::admin_port() const {
  ENSURE(admin_port_.has_value());
  return *admin_port_;
}

void Server::Impl::run() {
  for (auto& acceptor : acceptors_) {
    asio::co_spawn(network_, accept_connections(acceptor, on_connection_, counters_),
                   asio::detached);
  }
  if (admin_acceptor_) {
    asio::co_spawn(network_,
                   accept_connections(*admin_acceptor_, on_admin_connection_, admin_counters_),
                   asio::detached);
  }
  network_.run();
}

void Server::Impl::stop() {
  asio::post(network_, [this] { begin_stop(); });
}

void Server::Impl::admit(tcp::socket socket) {
  ++counters_.connections_accepted;
  error_code error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return;
  auto slot = connections_.enter(peer.address());
  if (!slot) return;
  socket.set_option(tcp::no_delay(true), error);
  auto session = std::make_shared<Session>(std::move(socket), *std::move(slot), surroundings_);
  sessions_.insert(session);
  SessionEnd end{this, session};
  asio::co_spawn(network_, Session::run(std::move(session)), std::move(end));
}

void Server::Impl::admit_admin(tcp::socket socket) {
  error_code error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return;
  auto slot = admin_connections_.enter(peer.address());
  if (!slot) return;
  const AdminSurroundings around{limits_, services_.admin};
  asio::co_spawn(network_, serve_admin(std::move(socket), *std::move(slot), around),
                 asio::detached);
}

void Server::Impl::forget(const std::shared_ptr<Session>& session) {
  sessions_.erase(session);
  end_when_drained();
}

void Server::Impl::begin_stop() {
  if (is_stopping_) return;
  is_stopping_ = true;
  error_code ignored;
  for (auto& acceptor : acceptors_) acceptor.close(ignored);
  if (admin_acceptor_) admin_acceptor_->close(ignored);
  for (const auto& session : sessions_) session->stop();
  shutdown_deadline_.expires_after(limits_.shutdown_time_max);
  shutdown_deadline_.async_wait([this](const error_code&) { network_.stop(); });
  end_when_drained();
}

void Server::Impl::end_when_drained() {
  if (is_stopping_ && sessions_.empty()) network_.stop();
}

Server::Server(const ServerSettings& settings, const TlsMaterial& tls, Services services,
               NetCounters& counters)
    : impl_(std::make_unique<Impl>(settings, tls, std::move(services), counters)) {}
Server::~Server() = default;

std::vector<std::uint16_t> Server::ports() const { return impl_->ports(); }
std::uint16_t Server::admin_port() const { return impl_->admin_port(); }
void Server::run() { impl_->run(); }
void Server::stop() { impl_->stop(); }

}  // namespace sspf::net
