// SPDX-License-Identifier: Apache-2.0
//
// The extract that a person gets (GDPR article 15), as a document to print or send.
#pragma once

#include "client/cli/pdf.h"
#include "client/cli/session.h"
#include "sspf/v1/subject_access.pb.h"

namespace sspf::cli {

// In the language spoken: what is released, what is withheld by which paragraph or asked for
// elsewhere, who looked when, and what the person can do about it.
PdfDocument extract_document(const std::string& case_number,
                             const v1::ExportSubjectAccessResponse& extract);

// `sspf subject-access export`: with --pdf to a new file, else as every answer.
void export_extract(const Session& session);

}  // namespace sspf::cli
