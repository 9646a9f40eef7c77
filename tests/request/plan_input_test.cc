// SPDX-License-Identifier: Apache-2.0
//
// Every field of the requests about plans and commitments, wrong in each way that it can be: the
// field is named, nothing is stored, and one event is left.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "tests/support/planning.h"

namespace sspf::test::plan_input {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

enum class Form { line, lines, date, code };
enum class Presence { required, optional };

// A field of text by its path, and what its rule says; stated here anew.
struct Field {
  std::string path;
  Form form;
  std::size_t characters_max;
  Presence presence;
};

constexpr auto required = Presence::required;
constexpr auto optional = Presence::optional;

const Field case_number{"case_number", Form::line, 200, required};
const Field commitment{"commitment", Form::line, 200, required};
const std::vector<Field> content_fields = {
    case_number,
    {"content.problem_areas", Form::lines, 5000, optional},
    {"content.strengths", Form::lines, 5000, optional},
    {"content.goals", Form::line, 1000, required},
    {"content.youth_view", Form::lines, 5000, optional},
    {"content.guardian_view", Form::lines, 5000, optional},
    {"content.review_date", Form::date, 200, required},
};
const std::vector<Field> draft_fields = {
    case_number,
    {"draft.agency_code", Form::code, 200, required},
    {"draft.responsible", Form::line, 200, required},
    {"draft.action", Form::lines, 2000, required},
    {"draft.start_date", Form::date, 200, optional},
    {"draft.due_date", Form::date, 200, required},
};
const std::vector<Field> progress_fields = {
    case_number,
    commitment,
    {"text", Form::lines, 5000, optional},
    {"cause", Form::lines, 2000, optional},
    {"measures", Form::lines, 2000, optional},
};

// The message that holds the last part of a path, and that field of it.
std::pair<Message*, const FieldDescriptor*> found(Message& in, const std::string& path) {
  const auto dot = path.find('.');
  const FieldDescriptor* field = in.GetDescriptor()->FindFieldByName(path.substr(0, dot));
  if (field == nullptr) throw std::runtime_error("there is no field " + path);
  if (dot == std::string::npos) return {&in, field};
  return found(*in.GetReflection()->MutableMessage(&in, field), path.substr(dot + 1));
}

// The request with a text in one of its fields; in the first place of one that is repeated.
std::unique_ptr<Message> with(const Message& request, const std::string& path,
                              const std::string& text) {
  auto changed = copy_of(request);
  const auto [message, field] = found(*changed, path);
  if (field->is_repeated()) {
    message->GetReflection()->SetRepeatedString(message, field, 0, text);
  } else {
    message->GetReflection()->SetString(message, field, text);
  }
  return changed;
}

std::unique_ptr<Message> without(const Message& request, const std::string& path) {
  auto changed = copy_of(request);
  const auto [message, field] = found(*changed, path);
  message->GetReflection()->ClearField(message, field);
  return changed;
}

std::string refused(const std::string& reason, const std::string& path) {
  return "refused invalid_argument/" + reason + "(" + path + ")";
}

// Writes are dry runs, for what must be taken.
struct PlanInput : testing::Test {
  // Of each text that is not UTF-8, protobuf would say so.
  google::protobuf::LogSilencer silencer;
  Planning plans;
  Caseload& load = plans.load;
  const Account& coordinator = load.cast.coordinator_tyr;
  const std::string number = load.mapped();
  const Named named{number, plans.commit(number, "TYR-SKO"), 1};

  template <typename Request>
  static Request dry(Request request) {
    request.mutable_write()->set_dry_run(true);
    return request;
  }
  std::string outcome(const std::string& rpc, const Message& request) {
    return plans.outcome(coordinator, rpc, request);
  }

  void expect_fields(const std::string& rpc, const Message& right,
                     const std::vector<Field>& fields) {
    const std::string taken = outcome(rpc, right);
    EXPECT_TRUE(taken == "dry run" || taken == "allowed") << rpc << " " << taken;
    for (const Field& field : fields) {
      SCOPED_TRACE(rpc + " " + field.path);
      expect_presence(rpc, right, field);
      expect_characters(rpc, right, field);
      if (field.form == Form::date) expect_date(rpc, right, field);
    }
  }
  void expect_presence(const std::string& rpc, const Message& right, const Field& field) {
    if (field.presence == optional) {
      EXPECT_EQ(outcome(rpc, *without(right, field.path)), outcome(rpc, right));
      return;
    }
    EXPECT_EQ(outcome(rpc, *without(right, field.path)), refused("missing", field.path));
    for (const char* blank : {"", " ", "   "}) {
      EXPECT_EQ(outcome(rpc, *with(right, field.path, blank)), refused("missing", field.path));
    }
  }
  void expect_characters(const std::string& rpc, const Message& right, const Field& field) {
    const auto said = [&](const std::string& text) {
      return outcome(rpc, *with(right, field.path, text));
    };
    // Characters are code points, not bytes.
    const std::string too_long = refused("too_long", field.path);
    EXPECT_EQ(said(repeated("å", field.characters_max + 1)), too_long);
    EXPECT_NE(said(repeated("å", field.characters_max)), too_long);
    const std::string control = refused("control_character", field.path);
    for (const std::string& wrong :
         {std::string("a\x1b[2J"), std::string("a\rb"), std::string("a\tb"), std::string("\x7f"),
          std::string("a\0b", 3), std::string("a\xC2\x9B"), std::string("a\xE2\x80\xAE")}) {
      EXPECT_EQ(said(wrong), control);
    }
    EXPECT_EQ(said("a\nb") == control, field.form != Form::lines);
    for (const char* wrong : {"a\xC3\x28", "a\xED\xA0\x80", "\xFF"}) {
      EXPECT_EQ(said(wrong), "refused invalid_argument/malformed_message");
    }
  }
  void expect_date(const std::string& rpc, const Message& right, const Field& field) {
    for (const char* wrong : {"2026-02-30", "2026-02-29", "2026-13-01", "2026-00-10", "2026-12-32",
                              "2026-12-00", "1899-12-31", "2200-01-01", "20261201", "2026-12-1",
                              "26-12-01", "2026/12/01", "2026-12-01 ", "i morgon"}) {
      EXPECT_EQ(outcome(rpc, *with(right, field.path, wrong)), refused("wrong_date", field.path))
          << wrong;
    }
    // A leap day exists.
    EXPECT_NE(outcome(rpc, *with(right, field.path, "2028-02-29")),
              refused("wrong_date", field.path));
  }
  void expect_write(const std::string& rpc, const Message& right) {
    for (const char* wrong : {"0123456789abcde", "0123456789ABCDEF", "åäöåäöåäöåäöåäöå"}) {
      EXPECT_EQ(outcome(rpc, *with(right, "write.request_id", wrong)),
                refused("wrong_request_id", "write.request_id"));
    }
    EXPECT_EQ(outcome(rpc, *with(right, "write.request_id", std::string(65, 'a'))),
              refused("wrong_request_id", "write.request_id"));
    HttpRequest http;
    http.path = "/sspf.v1." + rpc;
    http.content_type = "application/proto";
    http.body = without(right, "write")->SerializeAsString();
    http.peer_address = "127.0.0.1";
    http.certificate = coordinator.certificate;
    const std::uint64_t before = load.server.event_count();
    Answered answered;
    const HttpResponse response = load.server.raw(http);
    read_unary(response.status, response.body, answered);
    EXPECT_EQ(answered.summary(), "invalid_argument/missing(write)") << rpc;
    EXPECT_EQ(load.server.event_count(), before + 1) << rpc;
    EXPECT_EQ(plans.rows.changes(), "") << rpc;
  }
  void expect_version(const std::string& rpc, const Message& right) {
    EXPECT_EQ(outcome(rpc, *without(right, "version")), refused("missing", "version"));
  }
};

TEST_F(PlanInput, OfAPlanIsNamedWhenItIsWrong) {
  const auto create = dry(new_plan(number));
  expect_fields("PlanService/CreatePlan", create, content_fields);
  expect_write("PlanService/CreatePlan", create);
  EXPECT_EQ(outcome("PlanService/CreatePlan", *without(create, "content")),
            refused("missing", "content"));
  plans.write_plan(number);
  v1::RevisePlanRequest revise = dry(revision(number, 1));
  *revise.mutable_content() = create.content();
  expect_fields("PlanService/RevisePlan", revise, content_fields);
  expect_write("PlanService/RevisePlan", revise);
  expect_version("PlanService/RevisePlan", revise);
  EXPECT_EQ(outcome("PlanService/RevisePlan", *without(revise, "content")),
            refused("missing", "content"));
}

TEST_F(PlanInput, GoalsAreAtMostAThousandAndNoneIsEmpty) {
  v1::CreatePlanRequest request = dry(new_plan(number));
  request.mutable_content()->add_goals("");
  EXPECT_EQ(outcome("PlanService/CreatePlan", request), refused("missing", "content.goals"));
  request.mutable_content()->clear_goals();
  while (request.content().goals_size() < static_cast<int>(limits::repeated_items_max)) {
    request.mutable_content()->add_goals("Mål");
  }
  EXPECT_EQ(outcome("PlanService/CreatePlan", request), "dry run");
  request.mutable_content()->add_goals("Ett för mycket");
  EXPECT_EQ(outcome("PlanService/CreatePlan", request), refused("too_many_items", "content.goals"));
}

TEST_F(PlanInput, OfACommitmentIsNamedWhenItIsWrong) {
  const std::string add = "CommitmentService/AddCommitment";
  const auto addition = dry(new_commitment(number, "TYR-SKO"));
  expect_fields(add, addition, draft_fields);
  expect_write(add, addition);
  EXPECT_EQ(outcome(add, *without(addition, "draft")), refused("missing", "draft"));
  const std::string change = "CommitmentService/ChangeCommitment";
  const auto changed = dry(change_of(named, "TYR-SKO"));
  expect_fields(change, changed, draft_fields);
  expect_fields(change, changed, {commitment});
  expect_write(change, changed);
  expect_version(change, changed);
  EXPECT_EQ(outcome(change, *without(changed, "draft")), refused("missing", "draft"));
  for (const auto& [rpc, request] :
       {std::pair<std::string, const Message*>{add, &addition}, {change, &changed}}) {
    for (const std::string& wrong :
         {std::string("tyr-sko"), std::string("T"), std::string(21, 'T'), std::string("TYR SKO")}) {
      EXPECT_EQ(outcome(rpc, *with(*request, "draft.agency_code", wrong)),
                refused("wrong_code_form", "draft.agency_code"));
    }
  }
}

TEST_F(PlanInput, OfAFollowUpIsNamedWhenItIsWrong) {
  const std::string rpc = "CommitmentService/LogProgress";
  const auto request = dry(follow_up(named));
  expect_fields(rpc, request, progress_fields);
  expect_write(rpc, request);
  expect_version(rpc, request);
  EXPECT_EQ(outcome(rpc, *without(request, "status")), refused("missing", "status"));
  EXPECT_EQ(outcome(rpc, *without(request, "rag")), refused("missing", "rag"));
  for (const int wrong : {-1, 7, 99}) {
    v1::LogProgressRequest changed = request;
    changed.set_status(static_cast<v1::CommitmentStatus>(wrong));
    EXPECT_EQ(outcome(rpc, changed), refused("unknown_value", "status")) << wrong;
  }
  for (const int wrong : {-1, 4, 99}) {
    v1::LogProgressRequest changed = request;
    changed.set_rag(static_cast<v1::RagStatus>(wrong));
    EXPECT_EQ(outcome(rpc, changed), refused("unknown_value", "rag")) << wrong;
  }
}

TEST_F(PlanInput, OfAReadIsNamedWhenItIsWrong) {
  plans.write_plan(number);
  expect_fields("PlanService/GetPlan", about_case<v1::GetPlanRequest>(number), {case_number});
  expect_fields("PlanService/ListPlanVersions", about_case<v1::ListPlanVersionsRequest>(number),
                {case_number});
  expect_fields("CommitmentService/GetCommitment", question_about(named),
                {case_number, commitment});
}

// A number or a reference is looked up as it stands.
TEST_F(PlanInput, WhatNamesNothingIsNotThere) {
  for (const char* unknown : {"TYR-2026-9999", "tyr-2026-0001", "%", "' OR 1=1 --"}) {
    EXPECT_EQ(outcome("PlanService/GetPlan", about_case<v1::GetPlanRequest>(unknown)),
              "refused not_found/not_found");
    EXPECT_EQ(outcome("CommitmentService/GetCommitment", question_about({number, unknown, 1})),
              "refused not_found/not_found");
    EXPECT_EQ(outcome("CommitmentService/LogProgress", follow_up({number, unknown, 1})),
              "refused not_found/not_found");
  }
}

}  // namespace
}  // namespace sspf::test::plan_input
