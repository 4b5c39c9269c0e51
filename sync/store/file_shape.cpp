#include "sync/store/file_shape.h"

#include <optional>

namespace zimnik::sync {
namespace {

/// Each column: its name, its place in the primary key, and whether it is made from others. Nothing
/// where the schema has nothing of that name; "" for what isn't an ordinary table.
std::optional<std::string> shape_of(Database& database, const std::string& name) {
  auto object = database.prepare(
      "SELECT type = 'table' AND rootpage > 0 FROM sqlite_schema WHERE name = ? COLLATE NOCASE "
      "AND type IN ('table', 'view')");
  if (!object.bind_text(1, name).step()) return std::nullopt;
  if (object.integer(0) == 0) return "";
  std::string shape;
  auto columns = database.prepare("SELECT name, pk, hidden FROM pragma_table_xinfo(?)");
  columns.bind_text(1, name);
  while (columns.step()) {
    shape += std::string(columns.text(0)) + " " + std::to_string(columns.integer(1)) + " " +
             std::to_string(columns.integer(2)) + "\n";
  }
  return shape;
}

}  // namespace

std::vector<std::string> misshapen_tables(Database& file, Database& model) {
  std::vector<std::string> names;
  auto tables = model.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'");
  while (tables.step()) {
    const std::string name(tables.text(0));
    const auto shape = shape_of(file, name);
    if (shape && shape != shape_of(model, name)) names.push_back(name);
  }
  return names;
}

}  // namespace zimnik::sync
