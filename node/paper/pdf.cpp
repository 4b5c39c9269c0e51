#include "node/paper/pdf.h"

#include <algorithm>
#include <functional>

#include "node/paper/canvas.h"

namespace zimnik::paper {

namespace {

constexpr double kMargin = 12, kFoot = 8;  // mm
constexpr double kPad = 0.8;               // of a cell
constexpr double kMostRow = 40;            // a row's height: a page has room for several
constexpr double kUpright = 30;            // height of a head with upright titles
constexpr double kCode = 48;               // a QR code's side
constexpr double kSigner = 9;              // a place to sign
constexpr Style kTitle{14, true, true}, kHeading{10, true, false}, kFact{9, false, false};
constexpr Style kCell{8, false, false}, kSmall{7, false, false};

/// Something that stays on one page.
struct Block {
  double height = 0;
  std::function<void(double y)> draw;
  const Block* head = nullptr;  ///< repeated where the block begins a page
  double needs = 0;             ///< that has to fit below it on the same page
};

struct Placed {
  const Block* block;
  double y;
};
using Page = std::vector<Placed>;

class Printer {
 public:
  Printer(const Paper& paper, const Stamp& stamp)
      : paper_(paper),
        stamp_(stamp),
        canvas_(paper.is_landscape ? 297 : 210, paper.is_landscape ? 210 : 297) {}

  std::string print() {
    heading();
    for (const auto& table : paper_.tables) add_table(table);
    for (const auto& note : paper_.notes) add_text(note, kFact);
    closing();
    const auto pages = broken();
    for (std::size_t i = 0; i < pages.size(); ++i) {
      if (i > 0) canvas_.next_page();
      for (const auto& placed : pages[i]) placed.block->draw(placed.y);
      foot(i + 1, pages.size());
    }
    return canvas_.finish();
  }

 private:
  double inner_width() const { return canvas_.width() - 2 * kMargin; }
  double bottom() const { return canvas_.height() - kMargin - kFoot; }

  void add(double height, std::function<void(double)> draw, const Block* head = nullptr,
           double needs = 0) {
    blocks_.push_back(std::make_unique<Block>(Block{height, std::move(draw), head, needs}));
  }

  void add_text(const std::string& text, const Style& style, double needs = 0) {
    if (text.empty()) return;
    const auto height = canvas_.height_of(text, style, inner_width(), kMostRow);
    const auto most = std::min(height, kMostRow);
    add(
        most + 1,
        [=, this](double y) {
          canvas_.text(text, style, {kMargin, y, inner_width(), most + 0.5});
        },
        nullptr, needs);
  }

  void heading() {
    add_text(paper_.school, kSmall);
    add_text(paper_.title, kTitle);
    for (const auto& fact : paper_.facts) add_text(fact, kFact);
  }

  std::vector<double> widths_of(const Table& table) const {
    constexpr double kLeast = 3;
    double fixed = 0;
    std::size_t shares = 0;
    for (const auto& column : table.columns) {
      fixed += column.width;
      shares += column.width > 0 ? 0 : 1;
    }
    const double share =
        shares == 0 ? 0 : std::max(kLeast, (inner_width() - fixed) / static_cast<double>(shares));
    std::vector<double> widths;
    double all = 0;
    for (const auto& column : table.columns) {
      widths.push_back(column.width > 0 ? column.width : share);
      all += widths.back();
    }
    const double scale = all > inner_width() ? inner_width() / all : 1;
    for (auto& width : widths) width *= scale;
    return widths;
  }

  void draw_cell(const std::string& text, Style style, const Column& column, const Box& box,
                 double height) {
    canvas_.frame(box.x, box.y, box.width, height);
    style.is_middle = column.align == Column::Align::middle;
    canvas_.text(text, style,
                 {box.x + kPad, box.y + kPad, box.width - 2 * kPad, height - 2 * kPad + 0.2});
  }

  void draw_head(const Table& table, const std::vector<double>& widths, double height, double y) {
    auto style = kSmall;
    style.is_bold = true;
    double x = kMargin;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const auto& column = table.columns[i];
      if (column.is_upright) {
        canvas_.frame(x, y, widths[i], height);
        canvas_.upright(column.title, style, {x, y + kPad, widths[i], 0}, height - 2 * kPad);
      } else {
        draw_cell(column.title, style, column, {x, y, widths[i], 0}, height);
      }
      x += widths[i];
    }
  }

  double head_height(const Table& table, const std::vector<double>& widths) {
    auto style = kSmall;
    style.is_bold = true;
    double height = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const auto& column = table.columns[i];
      height = std::max(
          height,
          column.is_upright
              ? kUpright
              : canvas_.height_of(column.title, style, widths[i] - 2 * kPad, kUpright) + 2 * kPad);
    }
    return std::min(height, kUpright);
  }

  double row_height(const Row& row, const std::vector<double>& widths) {
    double height = canvas_.height_of("0", kCell, inner_width(), kMostRow) + 2 * kPad;
    for (std::size_t i = 0; i < widths.size() && i < row.size(); ++i) {
      height = std::max(
          height, canvas_.height_of(row[i], kCell, widths[i] - 2 * kPad, kMostRow) + 2 * kPad);
    }
    return std::min(height, kMostRow);
  }

  void draw_row(const Table& table, const Row& row, const std::vector<double>& widths,
                double height, double y) {
    double x = kMargin;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      draw_cell(i < row.size() ? row[i] : "", kCell, table.columns[i], {x, y, widths[i], 0},
                height);
      x += widths[i];
    }
  }

  void add_table(const Table& table) {
    const auto widths = widths_of(table);
    const auto height = head_height(table, widths);
    const auto first = table.rows.empty() ? 0 : row_height(table.rows[0], widths);
    add_text(table.title, kHeading, height + first);
    add(
        height, [=, this, &table](double y) { draw_head(table, widths, height, y); }, nullptr,
        first);
    const Block* head = blocks_.back().get();
    for (const auto& row : table.rows) {
      const auto high = row_height(row, widths);
      add(
          high, [=, this, &table, &row](double y) { draw_row(table, row, widths, high, y); }, head);
    }
    add(2, [](double) {});
  }

  void draw_signer(const Signer& signer, double y) {
    constexpr double kRole = 48, kPlace = 45, kGap = 2;
    double x = kMargin;
    canvas_.text(signer.role, kFact, {x, y + kSigner - 5, kRole, 5});
    x += kRole;
    canvas_.line(x, y + kSigner - 1, x + kPlace, y + kSigner - 1);
    x += kPlace + kGap;
    canvas_.text("/ " + (signer.name.empty() ? "__________________" : signer.name) + " /", kFact,
                 {x, y + kSigner - 5, 55, 5});
  }

  /// Places to sign, for date and stamp; to the right of them the code.
  void closing() {
    constexpr double kDate = 12;
    const double signing = static_cast<double>(paper_.signers.size()) * kSigner + kDate;
    const bool has_code = !stamp_.code.empty();
    add(std::max(signing, has_code ? kCode + 4 : 0), [=, this](double y) {
      for (std::size_t i = 0; i < paper_.signers.size(); ++i) {
        draw_signer(paper_.signers[i], y + static_cast<double>(i) * kSigner);
      }
      canvas_.text("М. П.        «____» ______________ 20___ г.", kFact,
                   {kMargin, y + signing - kDate + 5, 120, 5});
      if (!has_code) return;
      const double x = canvas_.width() - kMargin - kCode;
      canvas_.qr(qr::code_of(stamp_.code), x, y, kCode);
      canvas_.text("Подлинность: zimnik-node verify --code", {5.5, false, true},
                   {x, y + kCode + 0.8, kCode, 3});
    });
  }

  /// The blocks on pages. A head goes with its first row, a title with its head.
  std::vector<Page> broken() const {
    std::vector<Page> pages(1);
    double y = kMargin;
    for (const auto& block : blocks_) {
      if (!pages.back().empty() && y + block->height + block->needs > bottom()) {
        pages.emplace_back();
        y = kMargin;
        if (block->head != nullptr) {
          pages.back().push_back({block->head, y});
          y += block->head->height;
        }
      }
      pages.back().push_back({block.get(), y});
      y += block->height;
    }
    return pages;
  }

  /// The sheet's number, and by what a sheet is known to be of this document.
  void foot(std::size_t number, std::size_t of) {
    constexpr std::size_t kLetters = 16;
    const double y = canvas_.height() - kMargin - 4;
    const auto sheet = "лист " + std::to_string(number) + " из " + std::to_string(of);
    const auto print = digest_of(paper_).hex().substr(0, kLetters);
    canvas_.line(kMargin, y - 1, canvas_.width() - kMargin, y - 1);
    canvas_.text(stamp_.made + "  Отпечаток документа " + print, kSmall,
                 {kMargin, y, inner_width() - 30, 4});
    canvas_.text(sheet, kSmall, {canvas_.width() - kMargin - 19, y, 19, 4});
  }

  const Paper& paper_;
  const Stamp& stamp_;
  Canvas canvas_;
  std::vector<std::unique_ptr<Block>> blocks_;
};

}  // namespace

std::string pdf_of(const Paper& paper, const Stamp& stamp) { return Printer(paper, stamp).print(); }

}  // namespace zimnik::paper
