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

}  // namespace zimnik::journal
