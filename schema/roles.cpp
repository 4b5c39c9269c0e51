#include "schema/roles.h"

#include "sync/core/site.h"

namespace zimnik::journal {

std::string_view word_of(Role role) {
  switch (role) {
    case Role::principal:
      return "principal";
    case Role::deputy_head:
      return "deputy_head";
    case Role::technical_specialist:
      return "technical_specialist";
    case Role::secretary:
      return "secretary";
    case Role::class_teacher:
      return "class_teacher";
    case Role::subject_teacher:
      return "subject_teacher";
    case Role::additional_teacher:
      return "additional_teacher";
    case Role::guardian:
      return "guardian";
    case Role::pupil:
      return "pupil";
  }
  return "";
}

std::optional<Role> role_of(std::string_view word) {
  for (const auto role : kRoles) {
    if (word_of(role) == word) return role;
  }
  return std::nullopt;
}

bool can_be_of_a_part(Role role) {
  return role == Role::class_teacher || role == Role::subject_teacher ||
         role == Role::additional_teacher;
}

std::uint16_t rank_of(Role role) {
  switch (role) {
    case Role::principal:
      return sync::rank::kPrincipal;
    case Role::deputy_head:
      return sync::rank::kDeputyHead;
    case Role::technical_specialist:
      return sync::rank::kTechnicalSpecialist;
    case Role::secretary:
      return 30;
    case Role::class_teacher:
    case Role::subject_teacher:
    case Role::additional_teacher:
      return 20;
    case Role::guardian:
    case Role::pupil:
      return 10;
  }
  return sync::rank::kComputed;
}

}  // namespace zimnik::journal
