// How commands write and refuse. Used by the other commands, and by what imports.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/dates.h"
#include "schema/query.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// `pattern` as in sync/core/phrase.h.
[[noreturn]] void refuse(const std::string& pattern, std::vector<std::string> arguments = {});
/// Refuses with `text` unless it holds.
void require(bool holds, const char* text);
/// Refuses a text that is over `most` bytes, or blank where it mustn't be. `what` names it.
void require_text(std::string_view text, std::size_t most, const char* what);
void require_at_most(std::string_view text, std::size_t most, const char* what);
/// The day, or a refusal that names it.
Date checked_date(std::string_view text, const char* what);
/// Without blanks at both ends.
std::string trimmed(std::string_view text);

using Values = std::vector<sync::Value>;

/// Writes a cell, and makes the row where there is none. Counts also where it has that value
/// already. REQUIRES: the table and group are there, with as many columns.
void put(sync::Command& command, const std::string& table, const Values& key,
         const std::string& group, const Values& values);
/// Deletes a row. Says whether there was one.
bool remove(sync::Command& command, const std::string& table, const Values& key);
/// Whether the table shows the row.
bool exists(sync::Database& database, const std::string& table, const Values& key);

}  // namespace zimnik::journal
