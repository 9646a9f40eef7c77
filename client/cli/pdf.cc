// SPDX-License-Identifier: Apache-2.0
#include "client/cli/pdf.h"

#include <cairo/cairo-pdf.h>
#include <pango/pangocairo.h>

#include <memory>
#include <stdexcept>

namespace sspf::cli {
namespace {

// A4, in points.
constexpr double page_width = 595.28;
constexpr double page_height = 841.89;
constexpr double margin = 62;
constexpr double foot_height = 30;

struct Look {
  const char* font;
  double space_before;
  double grey;
};

Look look_of(PdfStyle style) {
  switch (style) {
    case PdfStyle::title:
      return {"sans bold 20", 0, 0};
    case PdfStyle::heading:
      return {"sans bold 13", 18, 0};
    case PdfStyle::small:
      return {"sans 8.5", 9, 0.35};
    case PdfStyle::label:
      return {"sans bold 9", 4, 0.2};
    default:
      return {"sans 10", 2, 0};
  }
}

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoLayoutIter* at) const { pango_layout_iter_free(at); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
template <typename Thing>
using Owned = std::unique_ptr<Thing, Unref>;

cairo_status_t append_bytes(void* out, const unsigned char* bytes, unsigned int count) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

// Draws the document once. How many pages there are is known at the end, so it is drawn twice.
class Drawing {
 public:
  Drawing(const PdfDocument& document, int pages)
      : document_(document),
        pages_(pages),
        surface_(
            cairo_pdf_surface_create_for_stream(append_bytes, &bytes_, page_width, page_height)),
        cairo_(cairo_create(surface_.get())) {
    set_metadata();
    for (const PdfParagraph& paragraph : document.paragraphs) draw(paragraph);
    end_page();
    cairo_surface_finish(surface_.get());
    if (cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS ||
        cairo_status(cairo_.get()) != CAIRO_STATUS_SUCCESS) {
      throw std::runtime_error("cairo cannot make the document");
    }
  }

  int pages() const { return page_; }
  std::string take_bytes() { return std::move(bytes_); }

 private:
  void set_metadata() {
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE,
                                   document_.title.c_str());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATOR, "sspf");
    // Tagged, for whoever has it read aloud.
    const std::string language = "lang='" + document_.language + "'";
    cairo_tag_begin(cairo_.get(), "Document", language.c_str());
    cairo_tag_end(cairo_.get(), "Document");
  }

  Owned<PangoLayout> laid_out(const std::string& text, const char* font) {
    Owned<PangoLayout> layout(pango_cairo_create_layout(cairo_.get()));
    const Owned<PangoFontDescription> description(pango_font_description_from_string(font));
    pango_layout_set_font_description(layout.get(), description.get());
    pango_layout_set_width(layout.get(), pango_units_from_double(page_width - 2 * margin));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
  }

  void draw(const PdfParagraph& paragraph) {
    const Look look = look_of(paragraph.style);
    const auto layout = laid_out(paragraph.text, look.font);
    const bool is_heading =
        paragraph.style == PdfStyle::heading || paragraph.style == PdfStyle::small;
    y_ += look.space_before;
    // A heading does not stand alone at the foot of a page.
    if (is_heading && y_ + 60 > bottom()) next_page();
    cairo_set_source_rgb(cairo_.get(), look.grey, look.grey, look.grey);
    cairo_tag_begin(cairo_.get(), paragraph.style == PdfStyle::heading ? "H" : "P", nullptr);
    const Owned<PangoLayoutIter> at(pango_layout_get_iter(layout.get()));
    do {
      PangoRectangle logical;
      pango_layout_iter_get_line_extents(at.get(), nullptr, &logical);
      const double height = pango_units_to_double(logical.height);
      if (y_ + height > bottom()) next_page();
      const double ascent =
          pango_units_to_double(pango_layout_iter_get_baseline(at.get()) - logical.y);
      cairo_move_to(cairo_.get(), margin, y_ + ascent);
      pango_cairo_show_layout_line(cairo_.get(), pango_layout_iter_get_line_readonly(at.get()));
      y_ += height;
    } while (pango_layout_iter_next_line(at.get()) != 0);
    cairo_tag_end(cairo_.get(), paragraph.style == PdfStyle::heading ? "H" : "P");
  }

  void draw_foot() {
    const auto layout = laid_out(document_.foot(page_, pages_), "sans 8");
    cairo_set_source_rgb(cairo_.get(), 0.35, 0.35, 0.35);
    cairo_move_to(cairo_.get(), margin, page_height - margin);
    pango_cairo_show_layout(cairo_.get(), layout.get());
  }

  static double bottom() { return page_height - margin - foot_height; }

  void end_page() {
    draw_foot();
    cairo_show_page(cairo_.get());
  }
  void next_page() {
    end_page();
    ++page_;
    y_ = margin;
  }

  const PdfDocument& document_;
  int pages_;
  int page_ = 1;
  double y_ = margin;
  std::string bytes_;
  Owned<cairo_surface_t> surface_;
  Owned<cairo_t> cairo_;
};

}  // namespace

std::string pdf_of(const PdfDocument& document) {
  const int pages = Drawing(document, 0).pages();
  return Drawing(document, pages).take_bytes();
}

}  // namespace sspf::cli
