// SPDX-License-Identifier: Apache-2.0
#include "client/cli/audit.h"
#include "client/cli/extract.h"
#include "client/cli/new_file.h"
#include "client/cli/render.h"
#include "client/cli/request.h"

namespace sspf::cli {
namespace {

void write_pdf(const Session& session, const v1::ExportSubjectAccessRequest& request,
               const v1::ExportSubjectAccessResponse& response) {
  NewFile file(session.value("pdf"));
  file.write_all(pdf_of(extract_document(request.case_number(), response)));
  file.keep();
  session.terminal.err() << tr("Done.") << '\n';
}

}  // namespace

void export_extract(const Session& session) {
  const auto request = build_request(session.typed, session.terminal);
  const SignedIn user(session);
  watch_log(user, session);
  const auto response = user.call(*request);
  if (session.has("pdf")) {
    v1::ExportSubjectAccessRequest asked;
    asked.CopyFrom(*request);
    v1::ExportSubjectAccessResponse extract;
    extract.CopyFrom(*response);
    return write_pdf(session, asked, extract);
  }
  if (session.output == Output::json) {
    session.terminal.out() << response_json(*response);
  } else {
    session.terminal.out() << response_text(*response, session.typed.command->sections,
                                            page_of(session.terminal));
  }
}

}  // namespace sspf::cli
