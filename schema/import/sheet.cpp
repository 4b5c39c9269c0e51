#include "schema/import/sheet.h"

#include <algorithm>
#include <set>

#include "schema/commands/put.h"
#include "schema/import/csv.h"
#include "schema/import/folding.h"

namespace zimnik::journal {

namespace {

/// Of each column its place in a row.
using Places = std::vector<std::pair<const Column*, std::size_t>>;

Places places_in(const CsvRow& heading, std::span<const Column> columns) {
  Places places;
  std::string missing;
  for (const auto& column : columns) {
    std::size_t times = 0;
    for (std::size_t i = 0; i < heading.fields.size(); ++i) {
      if (folded(heading.fields[i]) != folded(column.name)) continue;
      if (times++ == 0) places.emplace_back(&column, i);
    }
    if (times > 1) throw BadFile({heading.line, {"столбец «{1}» дважды", {column.name}}});
    if (times == 0 && column.is_needed) {
      missing += (missing.empty() ? "«" : ", «") + std::string(column.name) + "»";
    }
  }
  if (!missing.empty()) throw BadFile({heading.line, {"нет столбцов: {1}", {missing}}});
  return places;
}

bool is_control(char it) {
  const auto byte = static_cast<unsigned char>(it);
  return byte < ' ' || byte == 0x7f;
}

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char it) { return it == '\n' || it == '\r' || it == '\t'; },
      ' ');
  return text;
}

void check(const Column& column, const std::string& text, std::size_t line,
           std::vector<Fault>& faults) {
  if (text.empty() && column.is_needed)
    faults.push_back({line, {"{1}: не заполнено", {column.name}}});
  if (text.size() > column.most_bytes) {
    faults.push_back({line, {"{1}: слишком длинный текст", {column.name}}});
  }
  if (std::any_of(text.begin(), text.end(), is_control)) {
    faults.push_back({line, {"{1}: посторонний знак или конец строки", {column.name}}});
  }
}

}  // namespace

std::string SheetRow::operator[](std::string_view column) const {
  const auto found = cells.find(column);
  return found == cells.end() ? "" : found->second;
}

Sheet read_sheet(std::string_view bytes, std::span<const Column> columns, const CsvBounds& bounds) {
  const auto rows = read_csv(bytes, bounds);
  if (rows.empty()) throw BadFile({0, {"файл пуст"}});
  const auto places = places_in(rows.front(), columns);
  Sheet sheet;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    SheetRow row{rows[i].line, {}};
    for (const auto& [column, place] : places) {
      std::string text;
      if (place < rows[i].fields.size()) text = without_apostrophe(rows[i].fields[place]);
      text = trimmed(column->has_lines ? one_line(std::move(text)) : text);
      check(*column, text, row.line, sheet.faults);
      row.cells.emplace(column->name, std::move(text));
    }
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

void leave_out_faulty(Sheet& sheet) {
  std::set<std::size_t> lines;
  for (const auto& fault : sheet.faults) lines.insert(fault.line);
  std::erase_if(sheet.rows, [&](const SheetRow& row) { return lines.contains(row.line); });
}

}  // namespace zimnik::journal
