// SPDX-License-Identifier: Apache-2.0
//
// An installation that was copied, went on, and whose older database was put back: its log is
// shorter than the checkpoint outside, and `sspfd new-epoch` is the way on.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crypto/note.h"
#include "sspf/v1/audit.pb.h"
#include "tests/support/caller.h"
#include "tests/support/site.h"

namespace sspf::test {

class RestoredSite {
 public:
  static constexpr auto old_origin = "sspf.example/test/audit/1";
  static constexpr auto new_origin = "sspf.example/test/audit/2";
  static constexpr auto third_origin = "sspf.example/test/audit/3";

  // With an administrator "root" and an auditor "ulla.uhr" of the installation; the auditor has
  // seen the newest checkpoint.
  RestoredSite();

  const Site& site() const { return site_; }
  const Person& auditor() const { return auditor_; }
  // What somebody kept of the log before: an export, its verifier key, and its newest checkpoint.
  std::filesystem::path old_export() const { return site_.folder() / "old-export"; }
  const std::string& old_key() const { return old_key_; }
  const std::string& old_note() const { return old_note_; }
  // How many events were there, and how many are left.
  std::uint64_t events_before() const { return checkpoint_in(old_note_).size; }
  std::uint64_t events_left() const { return events_left_; }

  // Serves so many calls, and stops.
  void live(int calls) const;
  // Puts folders of the older copy, or of the newest state before it, back.
  void put_back(const std::string& state, const std::vector<std::string>& folders) const;

  Words begin_words() const { return begin_words(new_origin); }
  static Words begin_words(const std::string& origin);
  // The line that refuses. Throws std::runtime_error unless it is one line, with the exit code of a
  // refused epoch, and no file has changed.
  std::string refused(const Words& words) const;
  std::vector<v1::AuditEvent> events() const;
  // The verifier key that `sspfd check` tells.
  std::string verifier_key() const;
  std::string outside_note() const;
  // Every file of the installation with its content, but for the lock.
  std::map<std::string, std::string> files() const;

  static crypto::Checkpoint checkpoint_in(const std::string& note);

 private:
  void make_people();
  void keep(const std::string& state) const;

  Site site_;
  Person auditor_;
  ClientIdentity root_;
  std::string old_key_;
  std::string old_note_;
  std::uint64_t events_left_ = 0;
};

}  // namespace sspf::test
