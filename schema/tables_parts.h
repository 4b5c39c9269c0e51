// The declaration's parts, by theme, and the words that they are written in.
#pragma once

#include <string>
#include <vector>

#include "sync/core/schema.h"

namespace zimnik::journal {

inline sync::Column integer(const char* name) { return {name, sync::ColumnType::integer, {}}; }
inline sync::Column text(const char* name) { return {name, sync::ColumnType::text, {}}; }
inline sync::Column blob(const char* name) { return {name, sync::ColumnType::blob, {}}; }
/// Personal data of the person that the column `person` names.
inline sync::Column personal(const char* name, const char* person) {
  return {name, sync::ColumnType::text, person};
}

/// By authority: with a value in the column of this index (an order's number, a basis) the cell
/// weighs more than without; then the rank decides.
sync::Policy by_document(std::size_t column);
/// What says `word` in the column of this index beats, then the latest.
sync::Policy word_wins(std::size_t column, const char* word);

std::vector<sync::Table> school_tables();       ///< its structure, calendar and orders
std::vector<sync::Table> lesson_tables();       ///< 15 lesson … 19 final_mark, 23 remark
std::vector<sync::Table> teaching_tables();     ///< plans, works of lessons, what came late
std::vector<sync::Table> supervision_tables();  ///< what heads check, incidents
std::vector<sync::Table> person_tables();       ///< people, families, consents
std::vector<sync::Table> permission_tables();   ///< accounts and roles

}  // namespace zimnik::journal
