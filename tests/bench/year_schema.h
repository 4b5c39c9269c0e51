// A trace's lines as rows of the journal's tables.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sync/core/keyring.h"
#include "tests/bench/trace.h"

namespace zimnik::bench {

/// One line as SQL on that schema: a statement, and what to bind.
struct Edit {
  std::int64_t t = 0;
  std::string user;
  std::int64_t day = 0;  ///< since 1970-01-01
  const char* sql = nullptr;
  std::vector<sync::Value> values;
  bool is_new_mark = false;
  bool is_personal = false;  ///< it writes a text that lies under a pupil's key
};

/// Turns lines into edits, in their order; remembers which row an id names. `year` makes new rows
/// of the same lines, `shift_ms` later.
class EditReader {
 public:
  explicit EditReader(int year, std::int64_t shift_ms) : year_(year), shift_(shift_ms) {}
  Edit read(const TraceLine& line);
  /// A key for each pupil of whom a personal text is written.
  void add_keys_of_pupils(const std::vector<TraceLine>& lines, sync::Keyring& keyring) const;

 private:
  std::int64_t id(const std::string& text) const;
  Edit read_lesson(const TraceLine& line);
  Edit read_of_pupil(const TraceLine& line);
  std::string date(const std::string& iso) const;

  int year_;
  std::int64_t shift_;
  std::map<std::string, std::vector<sync::Value>> keys_;  ///< by the trace's row id
};

}  // namespace zimnik::bench
