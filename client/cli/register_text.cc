// SPDX-License-Identifier: Apache-2.0
#include "client/cli/register_text.h"

#include <array>

#include "client/cli/language.h"
#include "client/cli/plain_text.h"
#include "client/cli/words.h"
#include "sspf/v1/processing_register.pb.h"

namespace sspf::cli {
namespace {

struct MeasureText {
  std::string_view measure;
  const char* text;
};

constexpr std::array measure_texts{
    MeasureText{"sealed_per_case",
                msg("What a case holds is encrypted with a key of that case, and separately for "
                    "each agency and class of secrecy.")},
    MeasureText{"database_encrypted",
                msg("The database is encrypted, and its key is kept apart from it.")},
    MeasureText{"personal_certificates",
                msg("Everybody signs in with a personal certificate that can be revoked at once.")},
    MeasureText{"basis_at_every_read",
                msg("At every read it is decided anew whether a consent or a paragraph lets the "
                    "reader see what another agency has written.")},
    MeasureText{"kept_out_first",
                msg("Protected identities and conflicts of interest keep out whoever has no "
                    "right, whatever else would let in.")},
    MeasureText{"every_call_logged",
                msg("Every call, allowed or refused, is logged before it is answered.")},
    MeasureText{"log_proves_itself_whole",
                msg("Whoever kept a signed checkpoint can prove that nothing was removed from the "
                    "log or changed in it.")},
    MeasureText{"disposal_destroys_keys",
                msg("Disposal destroys the key of the case, so that backups cannot be read "
                    "either.")},
};

// The words of an enum as they stand in the catalogue; they are the program's own, but a newer
// server may send a value that has none.
template <typename Enum>
std::string word(const google::protobuf::EnumDescriptor* type, Enum value) {
  const auto* const known = type->FindValueByNumber(value);
  return known == nullptr ? std::to_string(value) : spoken_word(known);
}

std::string category_text(const v1::DataCategory& category) {
  return fill("{0}, {1} ({2})", {word(v1::InformationKind_descriptor(), category.kind()),
                                 word(v1::SecrecyClass_descriptor(), category.secrecy_class()),
                                 escaped(category.cases())});
}

std::string recipient_text(const v1::RecipientCategory& recipient) {
  const bool is_any = recipient.agency_kind() == v1::AGENCY_KIND_UNSPECIFIED;
  const std::string who =
      is_any ? tr("any agency") : word(v1::AgencyKind_descriptor(), recipient.agency_kind());
  const std::string ground = word(v1::RecipientGround_descriptor(), recipient.ground());
  const std::string code = escaped(recipient.basis_code());
  return fill("{0} ({1})", {who, code.empty() ? ground : ground + " " + code});
}

std::string period_text(const v1::RetentionPeriod& period) {
  const std::string what = word(v1::DocumentCategory_descriptor(), period.category());
  if (period.preserves_everything()) return fill(tr("{0}: everything is preserved"), {what});
  std::string days;
  for (const std::uint32_t day : period.preserved_birth_days()) {
    days += (days.empty() ? "" : ", ") + std::to_string(day);
  }
  const std::string years = std::to_string(period.years());
  if (days.empty()) return fill(tr("{0}: {1} years"), {what, years});
  return fill(tr("{0}: {1} years; birth days {2} are preserved"), {what, years, days});
}

}  // namespace

std::string measure_text(const std::string& measure) {
  for (const MeasureText& known : measure_texts) {
    if (known.measure == measure) return tr(known.text);
  }
  return measure;
}

std::optional<std::string> register_text(const google::protobuf::Message& message) {
  if (const auto* category = dynamic_cast<const v1::DataCategory*>(&message)) {
    return category_text(*category);
  }
  if (const auto* recipient = dynamic_cast<const v1::RecipientCategory*>(&message)) {
    return recipient_text(*recipient);
  }
  if (const auto* period = dynamic_cast<const v1::RetentionPeriod*>(&message)) {
    return period_text(*period);
  }
  return std::nullopt;
}

}  // namespace sspf::cli
