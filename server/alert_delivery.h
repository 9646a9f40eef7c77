// SPDX-License-Identifier: Apache-2.0
//
// Alerts go out by webhook and by mail: at least once each, again and again until the receiver has
// taken it. By a thread of its own, so that no receiver can hold up a call.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "server/alert_watch.h"
#include "server/base/config.h"
#include "server/net/mail.h"
#include "server/net/post.h"
#include "server/witnesses.h"

namespace sspf {

struct AlertTargets {
  struct Webhook {
    net::Destination destination;
    crypto::Secret key;
  };
  struct Mailing {
    net::MailServer server;
    std::string from;
    std::vector<std::string> to;
  };
  std::optional<Webhook> webhook;
  std::optional<Mailing> mail;
};

// Throws Trouble: config, when an authority's or a secret's file is not as it should be.
AlertTargets alert_targets_of(const Config& config);

// Which ways the settings name.
std::vector<store::AlertChannel> alert_channels_of(const Config& config);

class AlertThread {
 public:
  // Begins at once. What it is given outlives it.
  AlertThread(AlertTargets targets, const Clock& clock, AlertWatch& watch, Errands& errands);
  ~AlertThread();  // stops
  AlertThread(const AlertThread&) = delete;
  AlertThread& operator=(const AlertThread&) = delete;

  // Closes the errands, so that nothing new begins.
  void request_stop();
  // Likewise, and waits for a delivery that is on its way: 5 s at most.
  void stop();

 private:
  void run();
  std::string deliver(const store::AlertDelivery& delivery);
  bool is_stopping();
  bool deliver_due();
  bool pause();

  const AlertTargets targets_;
  const Clock clock_;
  AlertWatch& watch_;
  Errands& errands_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool is_stopping_ = false;  // guarded by mutex_
  std::thread thread_;        // last: it uses all of the above
};

}  // namespace sspf
