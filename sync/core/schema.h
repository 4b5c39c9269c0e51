// The declaration of what a replica holds: tables, keys, merge groups, policies, streams. The ids
// of tables and groups are append-only: a released group never changes, a new column is a new
// group.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sync/core/policy.h"
#include "sync/core/transaction.h"

namespace zimnik::sync {

/// `any` keeps a value's own type.
enum class ColumnType : std::uint8_t { integer, real, text, blob, any };

struct Column {
  std::string name;
  ColumnType type = ColumnType::any;
  /// Personal data: the name of the column that names the person, in the row's key or in the same
  /// group, not itself personal. Empty otherwise. A key column is never personal, nor of `any`
  /// type.
  std::string person = {};
};

/// The columns that a person enters as one thing; a cell is a group of a row.
struct Group {
  std::uint32_t id = 0;
  std::string name;
  std::vector<Column> columns;
  Policy policy = latest();

  /// Whether a version with these values can be folded here: as many as there are columns, each
  /// null, enciphered where it is personal, or of the column's type.
  bool fits(std::span<const Value> values) const;
};

struct Table {
  std::uint32_t id = 0;
  std::string name;
  Stream stream = Stream::shared;
  std::vector<Column> key;
  std::vector<Group> groups;  ///< sorted by id
  /// The group that every create writes; a row in which it has no head is only listed.
  std::optional<std::uint32_t> identifying;

  const Group* find(std::uint32_t group) const;
  bool fits_key(std::span<const Value> values) const;
};

struct Schema {
  std::uint32_t version = 1;
  std::vector<Table> tables;  ///< sorted by id

  const Table* find(std::uint32_t table) const;
  const Table* find(const std::string& name) const;
};

/// Throws std::invalid_argument, naming what is wrong: ids or names twice or out of order, a
/// person column that isn't there or is personal itself, a name that isn't [a-z][a-z0-9_]*.
void check(const Schema& schema);
/// Throws std::invalid_argument where `newer` changes or drops what `older` has released.
void check_append_only(const Schema& older, const Schema& newer);

/// How a cell write stands to a schema.
enum class Readable : std::uint8_t {
  yes,
  unknown_group,  ///< its table or group isn't declared here: kept, folded after the upgrade
  malformed,      ///< set aside for good
};
Readable readable(const Schema& schema, Stream stream, const RowWrite& row, const CellWrite& cell);

}  // namespace zimnik::sync
