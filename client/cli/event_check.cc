// SPDX-License-Identifier: Apache-2.0
#include "client/cli/event_check.h"

#include <algorithm>
#include <map>
#include <memory>

#include "client/cli/language.h"
#include "client/cli/stockholm.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::cli {
namespace {

using Complaint = std::optional<std::string>;

// When something happened, for the terms of bases.
struct Moment {
  std::int64_t us;
  std::string day;
};

Moment moment_of(const v1::AuditEvent& event) {
  const std::int64_t us = event.clock_us() != 0 ? event.clock_us() : event.time_us();
  const UtcSeconds second(std::chrono::floor<std::chrono::seconds>(std::chrono::microseconds(us)));
  return {us, stockholm_text(second, Precision::minutes).substr(0, 10)};
}

// The bases that the events so far have begun or ended.
class Bases {
 public:
  bool is_in_force(const std::string& basis, const Moment& moment) const {
    const auto found = bases_.find(basis);
    if (found == bases_.end()) return false;
    const Basis& known = found->second;
    return holds(known, moment) && std::any_of(known.is_withdrawn.begin(), known.is_withdrawn.end(),
                                               [](const auto& place) { return !place.second; });
  }

  void apply(const v1::AuditEvent& event) {
    const v1::AuditEvent::BasisChange& change = event.basis_change();
    Basis& basis = bases_[change.basis_id()];
    if (!change.withdrawn()) {
      basis.from_date = change.from_date();
      basis.to_date = change.to_date();
      basis.until_us = change.until_us();
    }
    const std::string& place = event.municipality_id();
    if (change.withdrawn() || !place.empty()) basis.is_withdrawn[place] = change.withdrawn();
  }

 private:
  struct Basis {
    std::string from_date;
    std::string to_date;
    std::int64_t until_us = 0;
    std::map<std::string, bool> is_withdrawn;  // by municipality
  };

  static bool holds(const Basis& basis, const Moment& moment) {
    if (basis.until_us != 0) return moment.us < basis.until_us;
    return moment.day >= basis.from_date && (basis.to_date.empty() || moment.day <= basis.to_date);
  }

  std::map<std::string, Basis> bases_;
};

Complaint read_event(std::uint64_t index, crypto::ByteView entry, v1::AuditEvent& event) {
  if (!event.ParseFromArray(entry.data(), static_cast<int>(entry.size()))) {
    return tr("It is not an event of the access log.");
  }
  if (event.sequence() != index) return tr("Its number does not follow the one before.");
  return std::nullopt;
}

class EventCheck {
 public:
  explicit EventCheck(std::vector<EpochBegin>& epochs) : epochs_(epochs) {}

  Complaint operator()(std::uint64_t index, crypto::ByteView entry) {
    if (auto complaint = read_event(index, entry, event_)) return complaint;
    if (event_.time_us() < before_us_) {
      return tr("Its time is before that of the event ahead of it.");
    }
    before_us_ = event_.time_us();
    if (auto complaint = read_epoch()) return complaint;
    return judge_bases();
  }

 private:
  Complaint read_epoch() {
    if (!event_.has_new_epoch()) return std::nullopt;
    const auto checkpoint = crypto::checkpoint_in(event_.new_epoch().last_checkpoint());
    if (!checkpoint) return tr("It begins a new epoch without the last checkpoint before it.");
    epochs_.push_back({event_.sequence(), event_.new_epoch().previous_origin(), *checkpoint});
    return std::nullopt;
  }

  Complaint judge_bases() {
    const bool shows =
        event_.outcome() == v1::OUTCOME_ALLOWED || event_.outcome() == v1::OUTCOME_DRY_RUN;
    for (const auto& shown : event_.cases_shown()) {
      if (!shows || shown.basis_id().empty()) continue;
      if (!bases_.is_in_force(shown.basis_id(), moment_of(event_))) {
        return tr("It shows something by a basis that was not in force.");
      }
    }
    if (event_.outcome() == v1::OUTCOME_ALLOWED && event_.has_basis_change()) {
      bases_.apply(event_);
    }
    return std::nullopt;
  }

  std::vector<EpochBegin>& epochs_;
  v1::AuditEvent event_;  // parsed into again and again, so that its memory is kept
  std::int64_t before_us_ = INT64_MIN;
  Bases bases_;
};

}  // namespace

crypto::EntryCheck event_check(std::vector<EpochBegin>& epochs) {
  const auto check = std::make_shared<EventCheck>(epochs);
  return [check](std::uint64_t index, crypto::ByteView entry) { return (*check)(index, entry); };
}

crypto::EntryCheck lone_event_check() {
  return [](std::uint64_t index, crypto::ByteView entry) {
    v1::AuditEvent event;
    return read_event(index, entry, event);
  };
}

}  // namespace sspf::cli
