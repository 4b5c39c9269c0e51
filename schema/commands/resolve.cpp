#include "schema/commands/resolve.h"

#include <algorithm>

#include "schema/commands/put.h"
#include "schema/tables.h"

namespace zimnik::journal {

using sync::Command;
using sync::Key;

namespace {

/// A route may ask for any: what isn't there is refused, not a fault of ours.
const sync::Group& require_group(const std::string& table_name, const std::string& group_name) {
  const auto* table = journal_schema().find(table_name);
  if (table == nullptr) refuse("Нет такой таблицы");
  const auto group =
      std::find_if(table->groups.begin(), table->groups.end(),
                   [&](const sync::Group& candidate) { return candidate.name == group_name; });
  if (group == table->groups.end()) refuse("Нет такой записи");
  return *group;
}

void require_row(Command& command, const std::string& table, const Key& key) {
  const auto* declared = journal_schema().find(table);
  const auto values = sync::key_values(key);
  require(declared != nullptr && declared->fits_key(values) &&
              exists(command.database(), table, values),
          "Такой строки уже нет");
}

}  // namespace

void keep_shown(Command& command, const std::string& table, const Key& key,
                const std::string& group) {
  require_group(table, group);
  require_row(command, table, key);
  command.keep(table, key, group);
}

void choose_version(Command& command, const std::string& table, const Key& key,
                    const std::string& group, const std::vector<sync::Value>& values) {
  const auto& declared = require_group(table, group);
  require_row(command, table, key);
  // An emptied cell has no values in its history.
  const Values chosen = values.empty() ? Values(declared.columns.size()) : values;
  require(declared.fits(chosen), "Эту версию нельзя прочитать здесь");
  put(command, table, sync::key_values(key), group, chosen);
}

void keep_listed_row(Command& command, const std::string& table, const Key& key) {
  require_row(command, table, key);
  command.keep_row(table, key);
}

void discard_listed_row(Command& command, const std::string& table, const Key& key) {
  require_row(command, table, key);
  remove(command, table, sync::key_values(key));
}

}  // namespace zimnik::journal
