// One table of the domain as SQL. Beside its declared columns each group has an integer column
// `<group>_version`: the arrival number of the version that is shown, null where there is none.
// That of the group which every new row writes (the identifying one, any where none is) has as
// default the number that the next leaf will get, so that most of what a command inserts is right
// at once.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "sync/core/schema.h"
#include "sync/store/database.h"

namespace zimnik::sync {

/// A row as the table has it: by group, in the order of the declaration.
struct RowImage {
  struct Cell {
    std::vector<Value> values;
    std::uint64_t version = 0;  ///< 0 for null
  };
  std::vector<Cell> cells;
};

/// What is written to one group of a row.
struct CellImage {
  std::size_t group = 0;  ///< index in the declaration
  std::span<const Value> values;
  std::uint64_t version = 0;
  std::uint64_t expected = 0;  ///< the version that it takes the place of; 0 for none
};

/// The name of the SQL function that gives the next leaf's arrival number: see Database::define.
inline constexpr const char* kNextArrival = "zimnik_next_arrival";

class RowTable {
 public:
  RowTable(Database& database, const Table& declaration);

  static std::string create_sql(const Table& declaration);
  const Table& declaration() const { return declaration_; }
  std::size_t index_of(std::uint32_t group) const;

  /// Makes the row with these cells, unless there is one with this key. Says whether it did.
  bool insert(std::span<const Value> key, std::span<const CellImage> cells);
  /// Writes these cells if the row is there and each has its expected version. Says whether it did.
  bool update(std::span<const Value> key, std::span<const CellImage> cells);
  /// Sets the versions alone.
  void set_versions(std::span<const Value> key, std::span<const CellImage> cells);
  void replace(std::span<const Value> key, const RowImage& row);
  void erase(std::span<const Value> key);
  /// Says whether there is such a row, and gives it.
  bool read(std::span<const Value> key, RowImage& row);

 private:
  enum class Kind : std::uint8_t { insert, update, set_versions };
  Statement& statement(Kind kind, std::span<const CellImage> cells);
  Statement& reading();
  std::string sql(Kind kind, std::span<const CellImage> cells) const;
  std::string where_key() const;
  int bind_key(Statement& statement, int at, std::span<const Value> key) const;

  Database& database_;
  const Table& declaration_;
  std::map<std::pair<Kind, std::uint64_t>, Statement*> statements_;  ///< by groups as bits
  Statement* read_ = nullptr;
  Statement* erase_ = nullptr;
};

/// "name", for SQL.
std::string quoted(const std::string& name);

}  // namespace zimnik::sync
