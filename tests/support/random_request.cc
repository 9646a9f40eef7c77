// SPDX-License-Identifier: Apache-2.0
#include "tests/support/random_request.h"

#include "crypto/certificate.h"
#include "sspf/v1/consent.pb.h"
#include "sspf/v1/options.pb.h"
#include "sspf/v1/subject_access.pb.h"

namespace sspf::test {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// 2026-12-01T12:00:00Z.
constexpr std::int64_t noon = 1'796'126'400;

const std::string& signing_request() {
  static const std::string pem = crypto::make_signing_request(crypto::generate_private_key());
  return pem;
}

bool is_end(const std::string& name) {
  return name == "to_date" || name == "due_date" || name == "review_date";
}

// Rules at random would never be in order.
void fill_rules(Message& request) {
  auto& filled = dynamic_cast<v1::SetSignatureRulesRequest&>(request);
  for (const std::uint32_t age : {0U, 15U, 18U}) {
    v1::SignatureRule& rule = *filled.add_rules();
    rule.set_from_age(age);
    rule.set_youth(age > 0);
    rule.set_guardians(age == 18 ? v1::GUARDIAN_SIGNATURES_NONE : v1::GUARDIAN_SIGNATURES_ALL);
  }
}

// Of a decision about a piece of an extract, the fields that go with it.
bool belongs_to_decision(const Message& message, const FieldDescriptor& field) {
  const auto& type = *field.containing_type();
  if (type.full_name() != "sspf.v1.DecideSubjectAccessEntryRequest") return true;
  const int decision =
      message.GetReflection()->GetEnumValue(message, type.FindFieldByName("decision"));
  if (field.name() == "redacted_text") return decision == v1::SUBJECT_ACCESS_DECISION_REDACTED;
  const bool withholds = field.name() == "paragraph" || field.name() == "reason";
  return !withholds || decision == v1::SUBJECT_ACCESS_DECISION_WITHHELD;
}

void fill_time(Message& time, const std::string& name) {
  const auto* seconds = time.GetDescriptor()->FindFieldByName("seconds");
  if (name == "known_at") {  // what has been
    time.GetReflection()->SetInt64(&time, seconds, noon - 30 * 24 * 3600);
    return;
  }
  time.GetReflection()->SetInt64(&time, seconds, name == "ends_at" ? noon + 3600 : noon);
}

// Of a request about this one case; in a filter it would leave out what is looked for.
bool names_case_ref(const FieldDescriptor& field) {
  const std::string& type = field.containing_type()->name();
  return type == "RequestReidentificationRequest" || type == "AddDecoyRequest" ||
         type == "RemoveDecoyRequest";
}

}  // namespace

std::string vocabulary_name(const std::string& field) {
  static const std::map<std::string, std::string> names{
      {"case_number", "case_number"},
      {"meeting_number", "meeting_number"},
      {"municipality_code", "municipality_code"},
      {"municipality_codes", "municipality_code"},
      {"agency_code", "agency_code"},
      {"agency_codes", "agency_code"},
      {"referring_agency_code", "agency_code"},
      {"recipient_agency_code", "agency_code"},
      {"recipient_agency_codes", "agency_code"},
      {"asking_agency_code", "agency_code"},
      {"opening", "opening"},
      {"duty_request", "duty_request"},
      {"handle", "handle"},
      {"serial", "serial"},
      {"identity_number", "identity_number"},
      {"note", "note"},
      {"consent", "consent"},
      {"commitment", "commitment"},
      {"hold", "hold"},
      {"subject_access", "subject_access"},
      {"entry", "entry"},
      {"campaign", "campaign"},
      {"review_item", "review_item"},
      {"review_question", "review_question"},
      {"reidentification", "reidentification"},
      {"erasure", "erasure"},
      {"alert", "alert"},
      {"item", "item"},
      {"list", "list"},
      {"after_item", "item"},
      {"participant", "participant"},
      {"deputy_for", "participant"},
  };
  const auto found = names.find(field);
  return found == names.end() ? std::string() : found->second;
}

bool names_something_new(const FieldDescriptor& field) {
  return field.full_name() == "sspf.v1.CreateAccountRequest.handle";
}

void RandomRequest::fill(Message& request, const Vocabulary& words, const std::string& marker) {
  words_ = &words;
  marker_ = marker;
  const auto& descriptor = *request.GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) fill_field(request, *descriptor.field(i));
}

void RandomRequest::fill_field(Message& message, const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  const bool required = field.options().GetExtension(v1::rule).required();
  if (field.full_name() == "sspf.v1.SetSignatureRulesRequest.rules") return fill_rules(message);
  if (!belongs_to_decision(message, field)) return;
  if (field.name() == "write" || (!required && below(3) == 0)) return;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      Message& inner = field.is_repeated() ? *reflection.AddMessage(&message, &field)
                                           : *reflection.MutableMessage(&message, &field);
      if (inner.GetDescriptor()->full_name() == "google.protobuf.Timestamp") {
        // Without the bounds of a list, so that it holds everything.
        if (required) fill_time(inner, field.name());
        if (!required) reflection.ClearField(&message, &field);
        return;
      }
      for (int i = 0; i < inner.GetDescriptor()->field_count(); ++i) {
        fill_field(inner, *inner.GetDescriptor()->field(i));
      }
      return;
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int value = 1 + below(field.enum_type()->value_count() - 1);
      if (field.is_repeated()) {
        reflection.AddEnumValue(&message, &field, value);
      } else {
        reflection.SetEnumValue(&message, &field, value);
      }
      return;
    }
    case FieldDescriptor::CPPTYPE_UINT64:
      // One of the events that making two municipalities has left, or a small number.
      reflection.SetUInt64(
          &message, &field,
          static_cast<std::uint64_t>(field.name() == "sequence" ? below(300) : 1 + below(3)));
      return;
    case FieldDescriptor::CPPTYPE_UINT32: {
      // A year of which every tertial is over.
      const auto number = field.name() == "year" ? 2025U : static_cast<std::uint32_t>(1 + below(3));
      if (field.is_repeated()) {
        reflection.AddUInt32(&message, &field, number);
      } else {
        reflection.SetUInt32(&message, &field, number);
      }
      return;
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection.SetBool(&message, &field, below(2) == 0);
      return;
    default:
      if (field.is_repeated()) {
        reflection.AddString(&message, &field, text(field));
      } else {
        reflection.SetString(&message, &field, text(field));
      }
  }
}

std::string RandomRequest::text(const FieldDescriptor& field) {
  const std::string& name = field.name();
  if (names_something_new(field) && below(2) == 0) {
    return "ny." + std::to_string(below(1'000'000'000));
  }
  if (name == "signing_request_pem") return signing_request();
  if (name == "form_sha256" || name == "bundle_sha256") return std::string(64, 'a');
  // The month of what was disposed of is old enough for its details to be erased.
  if (field.containing_type()->name() == "RequestDetailsErasureRequest" && name == "month") {
    return "2020-03";
  }
  if (name == "month") return below(2) == 0 ? "2026-10" : "2026-11";
  if (name == "secrecy_basis") return "OSL-12-2";
  if (name == "basis_code") return "OSL-10-2";
  if (name == "code" && field.containing_type()->name() == "LegalBasis") {
    return "LAG-" + std::to_string(below(1'000'000'000));
  }
  // Of a municipality or an agency that is to be made.
  if (name == "code") return "QZX-" + std::string(1, static_cast<char>('A' + below(26)));
  if (name == "rpc") return {};
  if (name == "case_ref" && !names_case_ref(field)) return {};  // a filter, of no case
  // Of the row that is meant by basis_code.
  if (name == "valid_from" && field.containing_type()->name() != "LegalBasis") return "2009-06-30";
  if (field.options().GetExtension(v1::rule).form() == v1::FORM_DATE) {
    return is_end(name) ? "2027-01-15" : "2026-11-01";
  }
  const auto found = words_->find(names_case_ref(field) ? name : vocabulary_name(name));
  if (found == words_->end()) return marker_ + " " + name;
  return found->second[static_cast<std::size_t>(below(static_cast<int>(found->second.size())))];
}

std::vector<Naming> namings_of(Message& request) {
  std::vector<Naming> namings;
  std::vector<const FieldDescriptor*> fields;
  const auto& reflection = *request.GetReflection();
  reflection.ListFields(request, &fields);
  for (const FieldDescriptor* field : fields) {
    const int size = field->is_repeated() ? reflection.FieldSize(request, field) : 0;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      for (int i = 0; i < size; ++i) {
        const auto inner = namings_of(*reflection.MutableRepeatedMessage(&request, field, i));
        namings.insert(namings.end(), inner.begin(), inner.end());
      }
      if (field->is_repeated()) continue;
      const auto inner = namings_of(*reflection.MutableMessage(&request, field));
      namings.insert(namings.end(), inner.begin(), inner.end());
      continue;
    }
    if (vocabulary_name(field->name()).empty()) continue;
    if (!field->is_repeated()) {
      namings.push_back({&request, field, -1, reflection.GetString(request, field)});
    }
    for (int i = 0; i < size; ++i) {
      namings.push_back({&request, field, i, reflection.GetRepeatedString(request, field, i)});
    }
  }
  return namings;
}

void rename(const Naming& naming, const std::string& value) {
  const auto& reflection = *naming.in->GetReflection();
  if (naming.index < 0) {
    reflection.SetString(naming.in, naming.field, value);
  } else {
    reflection.SetRepeatedString(naming.in, naming.field, naming.index, value);
  }
}

}  // namespace sspf::test
