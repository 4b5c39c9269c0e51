#include "schema/roles.h"

#include <catch2/catch.hpp>

#include "sync/core/site.h"

namespace zimnik::journal {
namespace {

TEST_CASE("each role has a word of its own that reads back") {
  for (const auto role : kRoles) CHECK(role_of(word_of(role)) == role);
  CHECK_FALSE(role_of(""));
  CHECK_FALSE(role_of("Principal"));
}

TEST_CASE("ranks: principal, deputy head, technical specialist, others, jobs") {
  CHECK(rank_of(Role::principal) > rank_of(Role::deputy_head));
  CHECK(rank_of(Role::deputy_head) > rank_of(Role::technical_specialist));
  for (const auto role : kRoles) CHECK(rank_of(role) > sync::rank::kComputed);
  for (const auto role :
       {Role::secretary, Role::class_teacher, Role::subject_teacher, Role::guardian, Role::pupil}) {
    CHECK(rank_of(role) < rank_of(Role::technical_specialist));
  }
}

TEST_CASE("a class teacher's lesson weighs as much as any teacher's") {
  CHECK(rank_of(Role::class_teacher) == rank_of(Role::subject_teacher));
}

}  // namespace
}  // namespace zimnik::journal
