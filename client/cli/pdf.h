// SPDX-License-Identifier: Apache-2.0
//
// A document of running text on A4 pages, as PDF: headings, paragraphs, and a foot on each page.
// Laid out by Pango, so that every letter and every long word comes out; no text is cut.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace sspf::cli {

enum class PdfStyle { title, heading, small, label, text };

struct PdfParagraph {
  PdfStyle style;
  std::string text;  // UTF-8; line feeds begin a new line
};

struct PdfDocument {
  std::string title;     // also of the file's metadata
  std::string language;  // "sv"
  // On every page, given its number and how many there are.
  std::function<std::string(int page, int pages)> foot;
  std::vector<PdfParagraph> paragraphs;
};

// The bytes of the file. Throws std::runtime_error when it cannot be made.
std::string pdf_of(const PdfDocument& document);

}  // namespace sspf::cli
