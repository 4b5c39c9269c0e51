// Logins that are proposed for people, of their names in Latin letters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sync/store/database.h"

namespace zimnik::journal {

/// «Ёлкина», «Пётр» → "elkina.p": Russian letters as passports have them (ICAO Doc 9303), others
/// left out. "user" where nothing is left. It fits `add_account`.
std::string login_from(std::string_view family_name, std::string_view given_name);
/// That login where nobody has it, else with the first number from 2 on that makes it free.
std::string free_login(sync::Database& database, std::string_view family_name,
                       std::string_view given_name);

/// As whom one of a family writes at the hub, which has logins of its own: no login of the school's
/// is like that.
std::string family_author(std::int64_t person);
/// Whose that is; nothing where it is a login.
std::optional<std::int64_t> person_of_family_author(std::string_view author);

}  // namespace zimnik::journal
