// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/subject_access_texts.h"

#include <memory>

#include "server/base/fault.h"
#include "sspf/v1/case.pb.h"
#include "sspf/v1/consent.pb.h"
#include "sspf/v1/disclosure.pb.h"
#include "sspf/v1/meeting.pb.h"
#include "sspf/v1/plan.pb.h"

namespace sspf::handlers {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// As which message a source is sealed; nothing for plain text.
std::unique_ptr<Message> message_of(v1::SubjectAccessSource source) {
  switch (source) {
    case v1::SUBJECT_ACCESS_SOURCE_IDENTITY:
      return std::make_unique<v1::Case>();
    case v1::SUBJECT_ACCESS_SOURCE_CONSENT:
      return std::make_unique<v1::Consent>();
    case v1::SUBJECT_ACCESS_SOURCE_MINUTES:
      return std::make_unique<v1::AgendaItem>();
    case v1::SUBJECT_ACCESS_SOURCE_PLAN:
      return std::make_unique<v1::PlanContent>();
    case v1::SUBJECT_ACCESS_SOURCE_COMMITMENT:
      return std::make_unique<v1::GetCommitmentResponse>();
    case v1::SUBJECT_ACCESS_SOURCE_DISCLOSURE:
      return std::make_unique<v1::Disclosure>();
    case v1::SUBJECT_ACCESS_SOURCE_DUTY_ANSWER:
      return std::make_unique<v1::DutyRequest>();
    default:
      return nullptr;
  }
}

void add_text(const std::string& field, const std::string& text, SubjectAccessTexts& texts) {
  v1::SubjectAccessText& added = *texts.Add();
  added.set_field(field);
  added.set_text(text);
}

void add_texts(const Message& message, SubjectAccessTexts& texts);

void add_value(const Message& message, const FieldDescriptor& field, int index,
               SubjectAccessTexts& texts) {
  const auto& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return add_texts(field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, index)
                                           : reflection.GetMessage(message, &field),
                       texts);
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* value = field.is_repeated() ? reflection.GetRepeatedEnum(message, &field, index)
                                              : reflection.GetEnum(message, &field);
      return add_text(field.name(), value->name(), texts);
    }
    case FieldDescriptor::CPPTYPE_STRING:
      return add_text(field.name(),
                      field.is_repeated() ? reflection.GetRepeatedString(message, &field, index)
                                          : reflection.GetString(message, &field),
                      texts);
    default:
      throw Fault("a sealed message holds a field that an extract cannot show: " +
                  field.full_name());
  }
}

void add_texts(const Message& message, SubjectAccessTexts& texts) {
  const auto& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);  // those that are set
  for (const FieldDescriptor* field : fields) {
    if (!field->is_repeated()) {
      add_value(message, *field, 0, texts);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      add_value(message, *field, i, texts);
    }
  }
}

}  // namespace

SubjectAccessTexts texts_of(v1::SubjectAccessSource source, const std::string& opened) {
  SubjectAccessTexts texts;
  const auto message = message_of(source);
  if (!message) {
    add_text("", opened, texts);
    return texts;
  }
  if (!message->ParseFromString(opened)) throw Fault("an opened value does not parse");
  add_texts(*message, texts);
  return texts;
}

}  // namespace sspf::handlers
