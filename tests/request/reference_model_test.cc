// SPDX-License-Identifier: Apache-2.0
//
// Ten thousand random operations, each read compared with the reference model, and as many allowed
// replies as allowed events. The seed is fixed, and printed with whatever fails.
#include "tests/request/log_judged.h"
#include "tests/request/reference_world.h"

namespace sspf::test::reference_model {
namespace {

constexpr int operations = 10'000;
constexpr int days_max = 80;  // within the certificates' ninety

struct ReferenceModel : ReferenceWorld {
  int days = 0;
  int entered = 0;
  int hidden = 0;

  void read_case(const Actor& actor, const Case& about) {
    v1::GetCaseRequest request;
    request.set_case_number(about.number);
    const Answered answered =
        load.server.call(actor.account, "sspf.v1.CaseService/GetCase", request);
    const std::string expected = reference::answer(actor.person, about, now());
    ASSERT_EQ(answered.summary(), expected) << told(actor, about);
    if (!answered.ok()) {
      ++hidden;
      return;
    }
    ++replies;
    ++entered;
    const bool named = !answered.as<v1::GetCaseResponse>().case_().title().empty();
    ASSERT_EQ(named, reference::sees_name(actor.person, about, now())) << told(actor, about);
  }
  void read_notes(const Actor& actor, const Case& about) {
    v1::ListNotesRequest request;
    request.set_case_number(about.number);
    const Answered answered =
        load.server.call(actor.account, "sspf.v1.CaseService/ListNotes", request);
    ASSERT_EQ(answered.summary(), reference::answer(actor.person, about, now()))
        << told(actor, about);
    if (!answered.ok()) return;
    replies += answered.bodies.size();
    std::multiset<std::string> texts_seen;
    const auto response = answered.as<v1::ListNotesResponse>();
    for (const v1::Note& note : response.notes()) texts_seen.insert(note.text());
    ASSERT_EQ(texts_seen, reference::seen_notes(actor.person, about, now())) << told(actor, about);
  }
  std::string told(const Actor& actor, const Case& about) {
    return actor.person.handle + " of " + actor.person.agency + ", " + about.number + " on " +
           now().day + ", seed " + std::to_string(seed);
  }

  void change(Case& about) {
    switch (below(12)) {
      case 0:
        return revoke(about);
      case 1:
        return block(about);
      case 2:
        return protect(about);
      case 3:
        return open_in_emergency(about);
      case 4:
      case 5:
        return note(about);
      case 6:
      case 7:
      case 8:
        return consent(about);
      default:
        return assign(about);
    }
  }
  void pass_time() {
    if (one_in(30)) load.server.advance_seconds(1200);
    if (!one_in(100) || days == days_max) return;
    load.server.advance_seconds(24 * 3600);
    ++days;
  }
  // Anybody, or often somebody who has to do with the case.
  const Actor& reader_of(const Case& about) {
    const Actor* near = one_in(2) ? nullptr : somebody_near(about);
    return near != nullptr ? *near : any_of(actors);
  }
  const Actor* somebody_near(const Case& about) {
    std::vector<const Actor*> near;
    for (const Actor& actor : actors) {
      if (about.assigned.count(actor.person.handle) > 0) near.push_back(&actor);
    }
    return near.empty() ? nullptr : any_of(near);
  }
  void do_something() {
    pass_time();
    if (one_in(150)) suspend();
    if (cases.empty() || one_in(40)) return create_case();
    Case& about = any_of(cases);
    if (one_in(4)) return change(about);
    const Actor& actor = reader_of(about);
    if (one_in(2)) return read_case(actor, about);
    read_notes(actor, about);
  }
};

TEST_F(ReferenceModel, AgreesInTenThousandOperations) {
  const std::uint64_t before = load.server.event_count();
  for (int i = 0; i < operations && !HasFatalFailure(); ++i) do_something();
  // Not true for want of cases: many reads enter, and many do not.
  EXPECT_GT(entered, 400);
  EXPECT_GT(hidden, 500);
  const auto events = load.server.events();
  const auto allowed = std::count_if(
      events.begin() + static_cast<std::ptrdiff_t>(before), events.end(),
      [](const v1::AuditEvent& event) { return event.outcome() == v1::OUTCOME_ALLOWED; });
  EXPECT_EQ(static_cast<std::uint64_t>(allowed), replies);
  expect_verifier_agrees(events);
}

}  // namespace
}  // namespace sspf::test::reference_model
