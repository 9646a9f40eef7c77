// SPDX-License-Identifier: Apache-2.0
#include "client/cli/extract.h"

#include "client/cli/cell.h"
#include "client/cli/extract_words.h"
#include "client/cli/language.h"
#include "client/cli/plain_text.h"
#include "client/cli/words.h"

namespace sspf::cli {
namespace {

using v1::SubjectAccessEntry;

// As a person says it; the words of enums elsewhere are also typed.
std::string heading_word(const google::protobuf::EnumValueDescriptor* value) {
  if (value == nullptr || value->number() == 0) return "";
  return tr_word("SubjectAccessHeading", plain_word(value));
}

class Extract {
 public:
  explicit Extract(PdfDocument& document) : document_(document) {}

  void add(PdfStyle style, const std::string& text) {
    document_.paragraphs.push_back({style, escaped_lines(text)});
  }
  void add_beginning(const std::string& case_number,
                     const v1::ExportSubjectAccessResponse& extract) {
    add(PdfStyle::title, document_.title);
    add(PdfStyle::text, extract.municipality_name());
    add(PdfStyle::text, fill(tr("Case {0}. Asked for on {1} by: {2}. Settled {3}."),
                             {case_number, extract.access().asked_on(),
                              heading_word(v1::SubjectRequester_descriptor()->FindValueByNumber(
                                  extract.access().asked_by())),
                              cell_of(extract.access(), "closed_at").text}));
    add(PdfStyle::text,
        tr("This is what is kept about you in the co-operation of social services, school, police "
           "and recreation. Each authority has decided about what is its own."));
  }
  void add_entries(const v1::ExportSubjectAccessResponse& extract) {
    auto source = v1::SUBJECT_ACCESS_SOURCE_UNSPECIFIED;
    for (const SubjectAccessEntry& entry : extract.entries()) {
      if (entry.source() != source)
        add(PdfStyle::heading,
            heading_word(v1::SubjectAccessSource_descriptor()->FindValueByNumber(entry.source())));
      source = entry.source();
      add_entry(entry);
    }
  }
  void add_looks(const v1::ExportSubjectAccessResponse& extract) {
    add(PdfStyle::heading, tr("Who has read or written, and when"));
    for (const v1::SubjectAccessLook& look : extract.looks()) {
      std::string line = fill("{0}  {1}", {cell_of(look, "time").text, look.agency_name()});
      const std::string role = cell_of(look, "role").text;
      if (!role.empty()) line += " (" + role + ")";
      if (look.items_shown() > 0) {
        line += ", " + fill(tr("read (items: {0})"), {std::to_string(look.items_shown())});
      }
      if (look.wrote()) line += ", " + tr("wrote");
      add(PdfStyle::text, line);
    }
  }
  void add_end() {
    add(PdfStyle::heading, tr("What you can do"));
    add(PdfStyle::text,
        tr("If something is wrong you can ask the authority that has written it to correct it. You "
           "can appeal a decision to withhold something; the authority tells you how. You can "
           "complain about how your data is handled to Integritetsskyddsmyndigheten, imy.se."));
  }

 private:
  void add_entry(const SubjectAccessEntry& entry) {
    std::string line = entry.owner_agency_name();
    const std::string day = cell_of(entry, "written_at").text;
    if (!day.empty()) line += "  " + day;
    if (entry.source_version() > 1) {
      line += "  " + fill(tr("version {0}"), {std::to_string(entry.source_version())});
    }
    add(PdfStyle::small, line);
    switch (entry.decision()) {
      case v1::SUBJECT_ACCESS_DECISION_WITHHELD:
        return add(PdfStyle::text,
                   fill(tr("Withheld. The law that allows it: {0}."), {entry.paragraph()}));
      case v1::SUBJECT_ACCESS_DECISION_REFERRED:
        return add(PdfStyle::text, fill(tr("Ask {0} for this: it is that authority's to give."),
                                        {entry.owner_agency_name()}));
      case v1::SUBJECT_ACCESS_DECISION_REDACTED:
        add(PdfStyle::label, tr("What concerns others is left out."));
        break;
      default:
        break;
    }
    if (entry.texts().empty()) add(PdfStyle::text, tr("This has been removed since."));
    for (const v1::SubjectAccessText& text : entry.texts()) {
      if (!text.field().empty()) {
        add(PdfStyle::label, spoken_field(text.field()));
      }
      add(PdfStyle::text, spoken_value(text.text()));
    }
  }

  PdfDocument& document_;
};

}  // namespace

PdfDocument extract_document(const std::string& case_number,
                             const v1::ExportSubjectAccessResponse& response) {
  PdfDocument document;
  document.title = tr("Extract of personal data");
  document.language = spoken() == Language::swedish ? "sv" : "en";
  document.foot = [begin = document.title + "  " + case_number + "  "](int page, int pages) {
    return begin + fill(tr("page {0} of {1}"), {std::to_string(page), std::to_string(pages)});
  };
  Extract extract(document);
  extract.add_beginning(case_number, response);
  extract.add_entries(response);
  extract.add_looks(response);
  extract.add_end();
  return document;
}

}  // namespace sspf::cli
