// SPDX-License-Identifier: Apache-2.0
//
// The checkpoint verifies with the log's key, and an export is the very bytes that it covers.
#include <gtest/gtest.h>

#include "crypto/merkle.h"
#include "crypto/note.h"
#include "server/base/limits.h"
#include "tests/support/account_book.h"

namespace sspf::test {
namespace {

struct AuditExport : testing::Test {
  AccountBook book;
  const Cast& cast = book.cast;

  void sign() { book.server.installation().checkpointer().sign_if_due(); }
  void ask_who_i_am(std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) {
      book.call(cast.school_tyr, "AccountService/WhoAmI", v1::WhoAmIRequest());
    }
  }
  std::string newest_note() {
    return book
        .get<v1::GetCheckpointResponse>(cast.school_tyr, "AuditService/GetCheckpoint",
                                        v1::GetCheckpointRequest())
        .checkpoint_note();
  }
  // Nothing unless it is signed by the key that enrolment hands out.
  std::optional<crypto::Checkpoint> verified(const std::string& text) {
    const auto enrolled = book.get<v1::EnrollResponse>(Account(), "AccountService/Enroll",
                                                       enrolment(book.code_for("siv.sjo")));
    const auto verifier = crypto::NoteVerifier::parse(enrolled.log_verifier_key());
    const auto note = crypto::parse_note(text);
    if (!verifier || !note || !crypto::verify_note(*note, *verifier)) return std::nullopt;
    return crypto::parse_checkpoint(note->text);
  }
  std::vector<std::string> stored_bytes() {
    store::Batch batch(book.server.installation().database());
    store::Unit unit(batch);
    std::vector<std::string> bytes;
    for (auto& entry : unit.tables().audit_log.range(0, 1'000'000, 1'000'000)) {
      bytes.push_back(std::move(entry.bytes));
    }
    return bytes;
  }
  static crypto::Digest root_of(const std::vector<std::string>& events) {
    crypto::merkle::Frontier frontier;
    for (const std::string& event : events) {
      frontier.append(crypto::merkle::leaf_hash(crypto::view_of(event)));
    }
    return frontier.root();
  }
  // Each piece by itself; `between` is done after each.
  std::vector<v1::ExportEventsResponse> pieces(const std::function<void()>& between) {
    HttpRequest http;
    http.path = "/sspf.v1.AuditService/ExportEvents";
    http.content_type = "application/connect+proto";
    http.body = enveloped(0, "");
    http.peer_address = "127.0.0.1";
    http.certificate = cast.auditor.certificate;
    std::vector<v1::ExportEventsResponse> all;
    do {
      const HttpResponse response = book.server.raw(http);
      Answered answered;
      read_envelopes(response.body, answered);
      all.push_back(answered.as<v1::ExportEventsResponse>());
      const v1::AuditEvent event = book.server.last_event();
      EXPECT_EQ(event.rpc(), "sspf.v1.AuditService/ExportEvents");
      EXPECT_EQ(event.outcome(), v1::OUTCOME_ALLOWED);
      EXPECT_EQ(event.items_shown(), static_cast<std::uint32_t>(all.back().events_size()));
      http.stream_cursor = response.next_cursor;
      between();
    } while (!http.stream_cursor.empty());
    return all;
  }
  static std::vector<std::string> whole(const std::vector<v1::ExportEventsResponse>& pieces) {
    std::vector<std::string> events;
    for (const auto& piece : pieces) {
      events.insert(events.end(), piece.events().begin(), piece.events().end());
    }
    return events;
  }
  // Straight into the log: of so many bytes that few of them fill a piece.
  void append_large_events(int count) {
    store::Batch batch(book.server.installation().database());
    for (int i = 0; i < count; ++i) {
      store::Unit unit(batch);
      store::EventDraft draft;
      draft.event.set_rpc("test/large");
      draft.event.set_outcome(v1::OUTCOME_ALLOWED);
      draft.event.set_purpose(std::string(static_cast<std::size_t>(40'000 + i), 'x'));
      static_cast<void>(unit.commit(std::move(draft), book.server.now(), 0));
    }
    static_cast<void>(std::move(batch).commit());
  }
};

TEST_F(AuditExport, TheCheckpointVerifiesWithTheKeyAndIsTheNewest) {
  const auto first = verified(newest_note());
  ASSERT_TRUE(first);
  EXPECT_EQ(first->origin, book.server.config().audit.origin);
  const std::uint64_t size = book.server.event_count();
  const crypto::Digest root = book.server.installation().database().log_root();
  sign();
  const std::string note = newest_note();
  const auto second = verified(note);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->size, size);
  EXPECT_EQ(second->root, root);
  EXPECT_GT(second->size, first->size);
  std::string altered = note;
  altered.insert(altered.find('\n') + 1, "1");  // of another size
  EXPECT_FALSE(verified(altered));
}

TEST_F(AuditExport, TheEventsAreTheStoredBytesUnderTheCheckpointsRoot) {
  sign();
  const std::uint64_t size = book.server.event_count();
  ask_who_i_am(3);  // after the checkpoint
  const auto response = book.get<v1::ExportEventsResponse>(
      cast.auditor, "AuditService/ExportEvents", v1::ExportEventsRequest());
  EXPECT_EQ(book.named(), "by ulla.upp as auditor");
  const auto checkpoint = verified(response.checkpoint_note());
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->size, size);
  const std::vector<std::string> events(response.events().begin(), response.events().end());
  auto stored = stored_bytes();
  stored.resize(size);
  EXPECT_EQ(events, stored);
  EXPECT_EQ(root_of(events), checkpoint->root);
  std::vector<std::string> altered = events;
  std::swap(altered[1], altered[2]);
  EXPECT_NE(root_of(altered), checkpoint->root);
}

TEST_F(AuditExport, ALongOneComesInPiecesAndDoesNotGrowWithTheLog) {
  ask_who_i_am(2 * limits::page_size_max);
  sign();
  const std::uint64_t size = book.server.event_count();
  const auto all = pieces([&] {
    ask_who_i_am(5);
    sign();
  });
  ASSERT_GE(all.size(), 3U);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].checkpoint_note().empty(), i > 0);
    EXPECT_LE(all[i].events_size(), static_cast<int>(limits::page_size_max));
  }
  const auto events = whole(all);
  EXPECT_EQ(events.size(), size);
  EXPECT_EQ(root_of(events), verified(all[0].checkpoint_note())->root);
}

TEST_F(AuditExport, APieceHoldsAsManyBytesAsItMayAndNoEventIsLeftOut) {
  append_large_events(40);
  ask_who_i_am(limits::page_size_max);
  sign();
  const auto all = pieces([] {});
  std::size_t full = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t bytes = 0;
    for (const std::string& event : all[i].events()) bytes += event.size();
    EXPECT_LE(bytes, limits::piece_bytes_max);
    const bool is_full = all[i].events_size() < static_cast<int>(limits::page_size_max);
    if (i + 1 == all.size() || !is_full) continue;
    ++full;
    EXPECT_GT(bytes + all[i + 1].events(0).size(), limits::piece_bytes_max);
  }
  EXPECT_GE(full, 1U);
  const auto events = whole(all);
  const auto checkpoint = verified(all[0].checkpoint_note());
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(events.size(), checkpoint->size);
  EXPECT_EQ(root_of(events), checkpoint->root);
}

TEST_F(AuditExport, TheLossOfTheRoleEndsARunningExport) {
  ask_who_i_am(limits::page_size_max);
  sign();
  HttpRequest http;
  http.path = "/sspf.v1.AuditService/ExportEvents";
  http.content_type = "application/connect+proto";
  http.body = enveloped(0, "");
  http.peer_address = "127.0.0.1";
  http.certificate = cast.auditor.certificate;
  http.stream_cursor = book.server.raw(http).next_cursor;
  ASSERT_FALSE(http.stream_cursor.empty());
  auto roles = about_account<v1::SetRolesRequest>("ulla.upp");
  roles.set_version(1);
  *roles.add_roles() = grant(v1::ROLE_AUDITOR, "TYR");
  book.get<v1::SetRolesResponse>(cast.root, "AccountService/SetRoles", roles);
  const HttpResponse rest = book.server.raw(http);
  Answered answered;
  read_envelopes(rest.body, answered);
  EXPECT_EQ(answered.summary(), "permission_denied/role_missing");
  EXPECT_TRUE(answered.bodies.empty());
  EXPECT_EQ(rest.next_cursor, "");
}

}  // namespace
}  // namespace sspf::test
