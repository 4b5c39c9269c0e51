// The school as documents name it.
#pragma once

#include <string>

#include "sync/store/database.h"

namespace zimnik::journal {

struct SchoolTitle {
  std::string name, settlement, time_zone;  ///< empty where nobody has entered them

  std::string text() const;  ///< «МБОУ СОШ № 1, Ясунт»
};
SchoolTitle school_title(sync::Database& database);
/// What families are told of an absence, with its places (see absence_message.h); empty where the
/// school has no text of its own.
std::string absence_text(sync::Database& database);

}  // namespace zimnik::journal
