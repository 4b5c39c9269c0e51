// A class of the desk's school whose teacher has an account, and its people.
#pragma once

#include <cstdint>
#include <string>

#include "tests/node/desk.h"

namespace zimnik::node::test {

struct OwnClass {
  std::string login, brief_name;        ///< of its teacher, who has no other class
  std::int64_t own = 0, other = 0;      ///< that class, and one that isn't the teacher's
  std::int64_t pupil = 0, foreign = 0;  ///< somebody in each, who has a guardian
  std::int64_t guardian = 0;            ///< of `pupil`
};
OwnClass own_class(Desk& desk);

}  // namespace zimnik::node::test
