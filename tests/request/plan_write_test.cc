// SPDX-License-Identifier: Apache-2.0
//
// The five writes of plans and commitments: what each stores, what its event says of it, that it is
// done once, and that a dry run does nothing.
#include <gtest/gtest.h>

#include "tests/request/plan_words.h"
#include "tests/support/planning.h"

namespace sspf::test::planning::plan_write {
namespace {

constexpr auto create_plan = "PlanService/CreatePlan";

const std::string reused = "refused already_exists/request_id_reused(write.request_id)";

// A write that can be done now, the same with other content, what it stores, and as which version.
struct Write {
  std::string rpc;
  std::unique_ptr<google::protobuf::Message> request;
  std::unique_ptr<google::protobuf::Message> other;
  std::string stores;
  std::uint64_t version = 0;

  v1::Write& part() { return part_of(*request); }
  static v1::Write& part_of(google::protobuf::Message& message) {
    const auto* field = message.GetDescriptor()->FindFieldByName("write");
    return dynamic_cast<v1::Write&>(*message.GetReflection()->MutableMessage(&message, field));
  }
};

struct PlanWrites : testing::Test {
  Planning plans;
  Caseload& load = plans.load;
  const Account& coordinator = load.cast.coordinator_tyr;
  const Account& school = load.cast.school_tyr;
  const std::string number = load.mapped();
  int request_count = 0;

  void SetUp() override { load.assign(number, school); }

  template <typename Request>
  Write write_of(const std::string& rpc, Request request, Request other) {
    Write write;
    write.rpc = rpc;
    write.request = std::make_unique<Request>(std::move(request));
    write.other = std::make_unique<Request>(std::move(other));
    const std::string id = "request-number-" + std::to_string(++request_count);
    Write::part_of(*write.request).set_request_id(id);
    Write::part_of(*write.other).set_request_id(id);
    return write;
  }
  static Write storing(Write write, const std::string& stores, std::uint64_t version) {
    write.stores = stores;
    write.version = version;
    return write;
  }

  Write creation() {
    v1::CreatePlanRequest other = new_plan(number);
    other.mutable_content()->add_goals("Ett mål till.");
    return storing(write_of(create_plan, new_plan(number), other), "+plan +plan_version +request",
                   1);
  }
  Write next_version() {
    v1::RevisePlanRequest other = revision(number, 1);
    other.mutable_content()->set_review_date("2027-03-01");
    return storing(write_of(revise_plan, revision(number, 1), other),
                   "+plan_version +request ~plan", 2);
  }
  Write addition() {
    v1::AddCommitmentRequest other = new_commitment(number, "TYR-SKO");
    other.mutable_draft()->set_responsible("Någon annan");
    return storing(write_of(add_commitment, new_commitment(number, "TYR-SKO"), other),
                   "+commitment +commitment_version +request", 1);
  }
  Write change(const Named& named) {
    v1::ChangeCommitmentRequest other = change_of(named, "TYR-SKO");
    other.mutable_draft()->set_action("Något annat.");
    return storing(write_of(change_commitment, change_of(named, "TYR-SKO"), other),
                   "+commitment_version +request ~commitment", named.version + 1);
  }
  Write progress(const Named& named) {
    v1::LogProgressRequest other = follow_up(named);
    other.set_text("Något annat.");
    return storing(write_of(log_progress, follow_up(named), other),
                   "+commitment_version +request ~commitment", named.version + 1);
  }
  // Each of the five, in an order in which each can be done after those before it.
  std::vector<Write> all() {
    const std::string commitment = plans.commit(number, "TYR-SKO");
    std::vector<Write> writes;
    writes.push_back(creation());
    writes.push_back(next_version());
    for (Write& each : of_members(commitment)) writes.push_back(std::move(each));
    return writes;
  }
  std::vector<Write> of_members(const std::string& commitment) {
    std::vector<Write> writes;
    writes.push_back(addition());
    writes.push_back(change({number, commitment, 1}));
    writes.push_back(progress({number, commitment, 2}));
    return writes;
  }

  Answered call(const Account& caller, const Write& write) {
    return load.server.call(caller, "sspf.v1." + write.rpc, *write.request);
  }
  std::string outcome(const Account& caller, const Write& write) {
    return plans.outcome(caller, write.rpc, *write.request);
  }
  // Done, and the event names the version stored; its item.
  std::string item_of(const Account& caller, const Write& write) {
    EXPECT_EQ(outcome(caller, write), "allowed: " + write.stores) << write.rpc;
    const v1::AuditEvent& event = plans.event;
    EXPECT_EQ(event.item_version(), write.version) << write.rpc;
    EXPECT_EQ(event.item_id().size(), 16U) << write.rpc;
    EXPECT_EQ(event.case_id().size(), 16U) << write.rpc;
    EXPECT_EQ(event.municipality_id().size(), 16U) << write.rpc;
    EXPECT_EQ(event.ciphertext_digest().size(), 32U) << write.rpc;
    // The answers of writes hold no content, so nothing was shown.
    EXPECT_EQ(event.items_shown(), 0U) << write.rpc;
    EXPECT_EQ(event.cases_shown_size(), 0) << write.rpc;
    const bool coordinates = caller.handle == coordinator.handle;
    EXPECT_EQ(event.role(),
              static_cast<std::uint32_t>(coordinates ? v1::ROLE_COORDINATOR : v1::ROLE_MEMBER));
    return event.item_id();
  }
};

TEST_F(PlanWrites, StoreOneVersionEachAndTheEventNamesIt) {
  // A plan has its case's own id.
  const std::string plan = item_of(coordinator, creation());
  EXPECT_EQ(plan, plans.event.case_id());
  EXPECT_EQ(item_of(coordinator, next_version()), plan);
  for (const Account& each : {coordinator, school}) {
    const std::string commitment = plans.commit(number, "TYR-SKO");
    const std::vector<Write> writes = of_members(commitment);
    const std::string added = item_of(each, writes[0]);
    const std::string changed = item_of(each, writes[1]);
    EXPECT_EQ(item_of(each, writes[2]), changed);
    EXPECT_NE(changed, added);
  }
}

TEST_F(PlanWrites, AreDoneInEveryStateOfPlanningAndNoneBeforeIt) {
  const std::string group = load.create(new_group());
  EXPECT_EQ(plans.outcome(coordinator, add_commitment, new_commitment(group, "TYR-SKO")), early);
  EXPECT_EQ(plans.outcome(coordinator, create_plan, new_plan(group)), early);
  Named named{group, "", 1};
  std::uint64_t version = 0;
  for (const auto state :
       {v1::CASE_STATE_MAPPING, v1::CASE_STATE_PLAN_ACTIVE, v1::CASE_STATE_FOLLOW_UP}) {
    load.advance(group, state);
    EXPECT_EQ(plans.outcome(coordinator, create_plan, new_plan(group)),
              version == 0 ? "allowed: +plan +plan_version +request"
                           : "refused already_exists/plan_exists");
    EXPECT_EQ(plans.outcome(coordinator, revise_plan, revision(group, ++version)),
              "allowed: +plan_version +request ~plan");
    EXPECT_EQ(plans.outcome(coordinator, add_commitment, new_commitment(group, "TYR-SKO")),
              "allowed: +commitment +commitment_version +request");
    if (named.commitment.empty()) named.commitment = plans.commit(group, "TYR-SKO");
    EXPECT_EQ(plans.outcome(coordinator, change_commitment, change_of(named, "TYR-SKO")),
              "allowed: +commitment_version +request ~commitment");
    ++named.version;
    EXPECT_EQ(plans.outcome(coordinator, log_progress, follow_up(named)),
              "allowed: +commitment_version +request ~commitment");
    ++named.version;
  }
  const std::string another = load.create(new_group());
  load.advance(another, v1::CASE_STATE_MAPPING);
  load.advance(another, v1::CASE_STATE_PLAN_ACTIVE);
  load.advance(another, v1::CASE_STATE_FOLLOW_UP);
  EXPECT_EQ(plans.outcome(coordinator, create_plan, new_plan(another)),
            "allowed: +plan +plan_version +request");
}

TEST_F(PlanWrites, ARepeatedRequestGetsTheFirstAnswerAndOneWithOtherContentIsRefused) {
  for (const Write& write : all()) {
    const Answered first = call(coordinator, write);
    EXPECT_EQ(first.summary(), "ok") << write.rpc;
    EXPECT_EQ(outcome(coordinator, write), "repeated") << write.rpc;
    EXPECT_EQ(call(coordinator, write).bodies, first.bodies) << write.rpc;
    EXPECT_EQ(plans.outcome(coordinator, write.rpc, *write.other), reused) << write.rpc;
  }
  EXPECT_EQ(plans.plan(coordinator, number).commitments_size(), 2);
}

TEST_F(PlanWrites, ARequestIdOfOneWriteIsRefusedForAnother) {
  const std::vector<Write> writes = all();
  EXPECT_EQ(call(coordinator, writes[0]).summary(), "ok");
  for (std::size_t i = 1; i < writes.size(); ++i) {
    Write::part_of(*writes[i].request)
        .set_request_id(Write::part_of(*writes[0].request).request_id());
    EXPECT_EQ(outcome(coordinator, writes[i]), reused) << writes[i].rpc;
  }
}

TEST_F(PlanWrites, AreAnsweredAgainAfterTheCaseIsClosedAndOnlyToWhomMayEnter) {
  std::vector<Write> writes = of_members(plans.commit(number, "TYR-SKO"));
  for (const Write& write : writes) EXPECT_EQ(call(school, write).summary(), "ok") << write.rpc;
  load.close(number);
  for (const Write& write : writes) {
    EXPECT_EQ(outcome(school, write), "repeated") << write.rpc;
  }
  v1::UnassignAccountRequest unassign;
  unassign.set_case_number(number);
  unassign.set_handle(school.handle);
  load.get<v1::UnassignAccountResponse>(coordinator, "CaseService/UnassignAccount", unassign);
  for (const Write& write : writes) {
    EXPECT_EQ(outcome(school, write), "refused not_found/not_found for not_assigned") << write.rpc;
  }
}

TEST_F(PlanWrites, ADryRunAnswersStoresNothingAndLeavesTheRequestIdFree) {
  for (Write& write : all()) {
    write.part().set_dry_run(true);
    EXPECT_EQ(outcome(coordinator, write), "dry run") << write.rpc;
    EXPECT_EQ(outcome(coordinator, write), "dry run") << write.rpc;
    const Answered answered = call(coordinator, write);
    write.part().set_dry_run(false);
    const Answered done = call(coordinator, write);
    EXPECT_EQ(done.summary(), "ok") << write.rpc;
    // A new commitment's reference is another each time.
    const bool names_it = write.rpc == add_commitment;
    EXPECT_EQ(answered.bodies == done.bodies, !names_it) << write.rpc;
  }
}

TEST_F(PlanWrites, ADryRunIsRefusedAsTheCallItselfWouldBe) {
  std::vector<Write> writes = all();
  for (const Write& write : writes) EXPECT_EQ(call(coordinator, write).summary(), "ok");
  const std::string refusals[] = {"refused already_exists/plan_exists",
                                  "refused aborted/stale_version", "dry run",
                                  "refused aborted/stale_version", "refused aborted/stale_version"};
  for (std::size_t i = 0; i < writes.size(); ++i) {
    writes[i].part().set_request_id("request-of-a-dry-run");
    writes[i].part().set_dry_run(true);
    EXPECT_EQ(outcome(coordinator, writes[i]), refusals[i]) << writes[i].rpc;
  }
}

}  // namespace
}  // namespace sspf::test::planning::plan_write
