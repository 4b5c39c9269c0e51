// Rows as people name them in a terminal: a table, and a key as it is typed.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "sync/core/schema.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// Throws std::runtime_error where the journal has no such table.
const sync::Table& table_named(const std::string& name);
/// Reads a key as text_of() writes it: values parted by commas, texts in quotes or without. Bytes
/// are hexadecimal. Throws std::runtime_error, naming the table's key columns.
sync::Key parse_key(const sync::Table& table, const std::string& text);
/// The other way round; what it writes reads again.
std::string key_text(const sync::Key& key);
/// What the row is about, as far as its key says: course, day, person. May be empty.
std::string about(sync::Database& database, const sync::Table& table, const sync::Key& key);
inline constexpr std::size_t kListed = 30;  ///< rows, of those that are listed
struct ListedRow {
  std::string key;    ///< as parse_key() reads it, in one line
  std::string about;  ///< may be empty
};
/// The rows that were written last, the latest first, at most kListed; of those with `words` in
/// what is listed of them, where it isn't empty.
std::vector<ListedRow> last_rows(sync::Database& database, const sync::Table& table,
                                 const std::string& words);
/// The rows that were written last, the latest first, a line each: key, what it is about. Of those
/// whose line holds `words`, where it isn't empty.
void list_rows(sync::Database& database, const sync::Table& table, const std::string& words,
               std::ostream& out);

}  // namespace zimnik::journal
