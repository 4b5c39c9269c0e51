#include "schema/import/csv.h"

#include <iconv.h>

#include <algorithm>
#include <stdexcept>

#include "schema/import/fault.h"
#include "schema/limits.h"
#include "sync/core/value.h"

namespace zimnik::journal {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::string text_of(std::size_t number) { return std::to_string(number); }

bool looks_like_formula(std::string_view field) {
  return !field.empty() && std::string_view("=+-@\t\r").find(field.front()) != field.npos;
}

std::string written(const std::string& field, char separator) {
  const auto text = looks_like_formula(field) ? "'" + field : field;
  const bool needs_quotes = text.find(separator) != std::string::npos ||
                            text.find_first_of("\"\r\n") != std::string::npos;
  if (!needs_quotes) return text;
  std::string quoted = "\"";
  for (const char it : text) quoted += it == '"' ? "\"\"" : std::string(1, it);
  return quoted + "\"";
}

/// UTF-16 as it begins in a file, which says its own byte order.
bool is_utf_16(std::string_view bytes) {
  return bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff");
}

/// A workbook as Excel keeps it by itself: a ZIP, or its older form.
bool is_workbook(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xd0\xcf\x11\xe0");
}

std::string from(const char* encoding, std::string_view bytes) {
  const iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == reinterpret_cast<iconv_t>(-1)) {
    throw std::runtime_error(std::string("no encoding ") + encoding);
  }
  std::string text(bytes.size() * 3, '\0');
  char* from = const_cast<char*>(bytes.data());
  char* to = text.data();
  std::size_t left = bytes.size(), room = text.size();
  const auto done = iconv(converter, &from, &left, &to, &room);
  iconv_close(converter);
  text.resize(text.size() - room);
  if (done == static_cast<std::size_t>(-1) || !sync::is_text(text)) {
    throw BadFile({0, {"файл не в UTF-8, не в UTF-16 и не в Windows-1251"}});
  }
  return text;
}

/// Lines that end as they did on old Macintoshes.
void mend_line_ends(std::string& text) {
  if (text.find('\n') == std::string::npos) std::replace(text.begin(), text.end(), '\r', '\n');
}

char separator_of(std::string_view text) {
  const auto line = text.substr(0, text.find('\n'));
  const auto count = [&](char it) { return std::count(line.begin(), line.end(), it); };
  const char candidates[] = {';', '\t', ','};
  return *std::max_element(std::begin(candidates), std::end(candidates),
                           [&](char left, char right) { return count(left) < count(right); });
}

/// Reads one character after the other.
class Parser {
 public:
  Parser(char separator, std::size_t most_rows) : separator_(separator), most_rows_(most_rows) {}

  void take(char it) {
    if (it == '\n') ++line_;
    if (is_quoted_) {
      if (it == '"') {
        is_quoted_ = false;
        may_be_doubled_ = true;
      } else {
        field_ += it;
      }
      return;
    }
    if (it == '"' && (field_.empty() || may_be_doubled_)) {
      if (may_be_doubled_) field_ += '"';
      is_quoted_ = true;
    } else if (it == separator_) {
      end_field();
    } else if (it == '\n') {
      end_row();
    } else if (it != '\r') {
      field_ += it;
    }
    may_be_doubled_ = false;
  }

  std::vector<CsvRow> end() {
    if (is_quoted_) {
      throw BadFile({row_.line, {"кавычка не закрыта"}});
    }
    end_row();
    return std::move(rows_);
  }

 private:
  void end_field() {
    if (row_.fields.size() == limits::kImportFields) {
      throw BadFile(
          {row_.line, {"в строке больше {1} столбцов", {text_of(limits::kImportFields)}}});
    }
    row_.fields.push_back(std::move(field_));
    field_.clear();
  }
  void end_row() {
    end_field();
    const bool is_empty = std::all_of(row_.fields.begin(), row_.fields.end(),
                                      [](const std::string& field) { return field.empty(); });
    if (!is_empty) rows_.push_back(std::move(row_));
    if (rows_.size() > most_rows_) {
      throw BadFile({0, {"в файле больше {1} строк", {text_of(most_rows_)}}});
    }
    row_ = {line_, {}};
  }

  char separator_;
  std::size_t most_rows_;
  std::size_t line_ = 1;
  CsvRow row_{1, {}};
  std::string field_;
  bool is_quoted_ = false, may_be_doubled_ = false;
  std::vector<CsvRow> rows_;
};

}  // namespace

std::vector<CsvRow> read_csv(std::string_view bytes, const CsvBounds& bounds) {
  if (bytes.size() > bounds.bytes) {
    throw BadFile({0, {"файл больше {1} байт", {text_of(bounds.bytes)}}});
  }
  if (is_workbook(bytes)) throw BadFile({0, {"это книга Excel: сохраните её как CSV"}});
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  std::string text(bytes);
  if (is_utf_16(bytes)) {
    text = from("UTF-16", bytes);
  } else if (!sync::is_text(bytes)) {
    text = from("WINDOWS-1251", bytes);
  }
  mend_line_ends(text);
  Parser parser(separator_of(text), bounds.rows);
  for (const char it : text) parser.take(it);
  return parser.end();
}

std::string csv_text(const std::vector<std::vector<std::string>>& rows, CsvForm form) {
  const bool is_excel = form == CsvForm::excel;
  const char separator = is_excel ? ';' : ',';
  std::string text(is_excel ? kByteOrderMark : "");
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += separator;
      text += written(row[i], separator);
    }
    text += "\r\n";
  }
  return text;
}

std::string_view without_apostrophe(std::string_view field) {
  const bool has_one =
      field.size() > 1 && field.front() == '\'' && looks_like_formula(field.substr(1));
  return has_one ? field.substr(1) : field;
}

}  // namespace zimnik::journal
