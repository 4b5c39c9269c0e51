// Cells, and what was written to them, as people call them.
#pragma once

#include <string>
#include <vector>

#include "schema/read/review.h"
#include "sync/core/phrase.h"
#include "sync/store/listed.h"

namespace zimnik::journal {

/// «Отметка», «Урок, тема»; of tables that people hardly meet the name that the dictionary has.
std::string name_of(const Place& place);
/// What its key says: «7А, Алгебра, 01.10.2025, урок 3, Иванов Пётр»; else the key as it is.
std::string whereabouts(sync::Database& database, const Place& place);
/// Of a role's word in a log: «директор»; the word itself where there is no such role.
std::string role_name(const std::string& word);
/// «Иванов П. С.» for a login of this school's; else the login.
std::string author_name(sync::Database& database, const std::string& login);
/// What a version of a cell says, value by value: «5», «вес 2», a kind of work and a person by
/// name; or «удалено», «пусто» alone. The group is of the table.
std::vector<sync::Phrase> values_in_words(sync::Database& database, const std::string& table,
                                          const std::string& group,
                                          const sync::HistoryItem& version);
/// The same in Russian, with a dot between them.
std::string text_of(sync::Database& database, const std::string& table, const std::string& group,
                    const sync::HistoryItem& version);

}  // namespace zimnik::journal
