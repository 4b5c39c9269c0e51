// Drawing on the pages of a PDF, in millimetres from a page's upper left corner. One thread.
#pragma once

#include <memory>
#include <string>

#include "sync/qr/qr.h"

namespace zimnik::paper {

struct Style {
  double size = 9;  ///< points
  bool is_bold = false;
  bool is_middle = false;
};

/// A text within a box.
struct Box {
  double x = 0, y = 0;
  double width = 0;
  double most = 0;  ///< height at most; what doesn't fit ends in «…»
};

class Canvas {
 public:
  Canvas(double width, double height);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  double width() const { return width_; }
  double height() const { return height_; }

  /// How high the text would be.
  double height_of(const std::string& text, const Style& style, double width, double most);
  void text(const std::string& text, const Style& style, const Box& box);
  /// From bottom to top, in a box of this width and height.
  void upright(const std::string& text, const Style& style, const Box& box, double height);
  void line(double x1, double y1, double x2, double y2);
  void frame(double x, double y, double width, double height);
  void qr(const qr::Code& code, double x, double y, double size);
  void next_page();
  /// The whole file; nothing can be drawn after it. Throws std::runtime_error where something
  /// didn't go.
  std::string finish();

 private:
  struct Native;
  double width_, height_;
  std::unique_ptr<Native> native_;
};

}  // namespace zimnik::paper
