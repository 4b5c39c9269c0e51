#include "node/paper/canvas.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <cmath>
#include <stdexcept>

#include "sync/core/printable.h"

namespace zimnik::paper {

namespace {

constexpr double kPoints = 72 / 25.4;  ///< of a millimetre
constexpr const char* kFont = "DejaVu Sans";
constexpr double kLine = 0.2;

template <auto Free>
struct Freed {
  template <class Native>
  void operator()(Native* native) const {
    Free(native);
  }
};
using Layout = std::unique_ptr<PangoLayout, Freed<g_object_unref>>;

cairo_status_t append(void* out, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

/// Marks and overrides of direction: a name isn't to turn its neighbours around.
bool turns_direction(gunichar c) {
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

/// One line of text that draws nothing but itself.
std::string drawable(const std::string& text) {
  const std::unique_ptr<char, Freed<g_free>> valid(
      g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())));
  std::string kept;
  for (const char *at = valid.get(), *next = at; *at != '\0'; at = next) {
    next = g_utf8_next_char(at);
    if (!turns_direction(g_utf8_get_char(at))) kept.append(at, static_cast<std::size_t>(next - at));
  }
  return sync::one_line(std::move(kept));
}

}  // namespace

struct Canvas::Native {
  std::string bytes;
  std::unique_ptr<cairo_surface_t, Freed<cairo_surface_destroy>> surface;
  std::unique_ptr<cairo_t, Freed<cairo_destroy>> cairo;
  std::unique_ptr<PangoFontMap, Freed<g_object_unref>> fonts;
  std::unique_ptr<PangoContext, Freed<g_object_unref>> context;

  Layout layout(const std::string& text, const Style& style, double width, double most) {
    Layout made(pango_layout_new(context.get()));
    const std::unique_ptr<PangoFontDescription, Freed<pango_font_description_free>> font(
        pango_font_description_from_string(kFont));
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    if (style.is_bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(made.get(), font.get());
    pango_layout_set_auto_dir(made.get(), FALSE);
    pango_layout_set_alignment(made.get(), style.is_middle ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
    pango_layout_set_width(made.get(), static_cast<int>(width * kPoints * PANGO_SCALE));
    pango_layout_set_height(made.get(), static_cast<int>(most * kPoints * PANGO_SCALE));
    pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(made.get(), PANGO_ELLIPSIZE_END);
    const auto drawn = drawable(text);
    pango_layout_set_text(made.get(), drawn.data(), static_cast<int>(drawn.size()));
    return made;
  }
};

Canvas::Canvas(double width, double height)
    : width_(width), height_(height), native_(std::make_unique<Native>()) {
  auto& native = *native_;
  native.surface.reset(cairo_pdf_surface_create_for_stream(append, &native.bytes, width * kPoints,
                                                           height * kPoints));
  native.cairo.reset(cairo_create(native.surface.get()));
  native.fonts.reset(pango_cairo_font_map_new());
  native.context.reset(pango_font_map_create_context(native.fonts.get()));
  pango_cairo_update_context(native.cairo.get(), native.context.get());
}

Canvas::~Canvas() = default;

double Canvas::height_of(const std::string& text, const Style& style, double width, double most) {
  int height = 0;
  pango_layout_get_size(native_->layout(text, style, width, most).get(), nullptr, &height);
  return height / kPoints / PANGO_SCALE;
}

void Canvas::text(const std::string& text, const Style& style, const Box& box) {
  auto* cairo = native_->cairo.get();
  const auto layout = native_->layout(text, style, box.width, box.most);
  cairo_save(cairo);
  cairo_rectangle(cairo, box.x * kPoints, box.y * kPoints, box.width * kPoints, box.most * kPoints);
  cairo_clip(cairo);
  cairo_move_to(cairo, box.x * kPoints, box.y * kPoints);
  pango_cairo_show_layout(cairo, layout.get());
  cairo_restore(cairo);
}

void Canvas::upright(const std::string& text, const Style& style, const Box& box, double height) {
  auto* cairo = native_->cairo.get();
  const auto layout = native_->layout(text, style, height, box.width);
  int across = 0;
  pango_layout_get_size(layout.get(), nullptr, &across);
  const double free = box.width - across / kPoints / PANGO_SCALE;
  cairo_save(cairo);
  cairo_rectangle(cairo, box.x * kPoints, box.y * kPoints, box.width * kPoints, height * kPoints);
  cairo_clip(cairo);
  cairo_translate(cairo, (box.x + free / 2) * kPoints, (box.y + height) * kPoints);
  cairo_rotate(cairo, -M_PI / 2);
  cairo_move_to(cairo, 0, 0);
  pango_cairo_show_layout(cairo, layout.get());
  cairo_restore(cairo);
}

void Canvas::line(double x1, double y1, double x2, double y2) {
  auto* cairo = native_->cairo.get();
  cairo_set_line_width(cairo, kLine * kPoints);
  cairo_move_to(cairo, x1 * kPoints, y1 * kPoints);
  cairo_line_to(cairo, x2 * kPoints, y2 * kPoints);
  cairo_stroke(cairo);
}

void Canvas::frame(double x, double y, double width, double height) {
  auto* cairo = native_->cairo.get();
  cairo_set_line_width(cairo, kLine * kPoints);
  cairo_rectangle(cairo, x * kPoints, y * kPoints, width * kPoints, height * kPoints);
  cairo_stroke(cairo);
}

void Canvas::qr(const qr::Code& code, double x, double y, double size) {
  auto* cairo = native_->cairo.get();
  const double module = size * kPoints / static_cast<double>(code.size);
  for (std::size_t row = 0; row < code.size; ++row) {
    for (std::size_t column = 0; column < code.size; ++column) {
      if (!code.dark(row, column)) continue;
      cairo_rectangle(cairo, x * kPoints + static_cast<double>(column) * module,
                      y * kPoints + static_cast<double>(row) * module, module, module);
    }
  }
  cairo_fill(cairo);
}

void Canvas::next_page() { cairo_show_page(native_->cairo.get()); }

std::string Canvas::finish() {
  cairo_show_page(native_->cairo.get());
  const auto drawn = cairo_status(native_->cairo.get());
  cairo_surface_finish(native_->surface.get());
  const auto written = cairo_surface_status(native_->surface.get());
  const auto failed = drawn != CAIRO_STATUS_SUCCESS ? drawn : written;
  if (failed != CAIRO_STATUS_SUCCESS) {
    throw std::runtime_error(std::string("a PDF can't be drawn: ") +
                             cairo_status_to_string(failed));
  }
  return std::move(native_->bytes);
}

}  // namespace zimnik::paper
