#include "schema/tables.h"

#include <algorithm>
#include <stdexcept>

#include "schema/tables_parts.h"

namespace zimnik::journal {

using namespace sync;

Policy by_document(std::size_t column) {
  return authority([column](std::span<const Value> values) {
    return column < values.size() && !is_null(values[column]) ? 1 : 0;
  });
}

Policy word_wins(std::size_t column, const char* word) {
  return revocation_wins([column, word = std::string(word)](std::span<const Value> values) {
    const auto* said = column < values.size() ? std::get_if<Text>(&values[column]) : nullptr;
    return said != nullptr && said->text == word;
  });
}

const Schema& journal_schema() {
  static const Schema schema = [] {
    Schema made;
    made.version = 3;
    for (auto* part : {&school_tables, &lesson_tables, &teaching_tables, &supervision_tables,
                       &person_tables, &permission_tables}) {
      for (auto& table : part()) made.tables.push_back(std::move(table));
    }
    std::sort(made.tables.begin(), made.tables.end(),
              [](const Table& left, const Table& right) { return left.id < right.id; });
    check(made);
    return made;
  }();
  return schema;
}

std::uint32_t table_id(const std::string& name) {
  const auto* table = journal_schema().find(name);
  if (table == nullptr) throw std::logic_error("there is no table '" + name + "'");
  return table->id;
}

}  // namespace zimnik::journal
