// The roles of a school, their words in logs and grants, and their ranks. Pure; any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace zimnik::journal {

enum class Role : std::uint8_t {
  principal,
  deputy_head,
  technical_specialist,
  secretary,
  class_teacher,
  subject_teacher,
  additional_teacher,  ///< of circles and clubs: groups beside the curriculum
  guardian,
  pupil,
};
inline constexpr Role kRoles[] = {
    Role::principal,          Role::deputy_head,   Role::technical_specialist,
    Role::secretary,          Role::class_teacher, Role::subject_teacher,
    Role::additional_teacher, Role::guardian,      Role::pupil};

/// Some of the roles.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<Role> roles) {
    for (const auto role : roles) add(role);
  }
  constexpr void add(Role role) { bits_ |= bit(role); }
  constexpr void add(Roles others) { bits_ |= others.bits_; }
  constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }
  constexpr bool has_any(Roles others) const { return (bits_ & others.bits_) != 0; }

 private:
  static constexpr std::uint32_t bit(Role role) {
    return std::uint32_t{1} << static_cast<unsigned>(role);
  }
  std::uint32_t bits_ = 0;
};

/// Those of the school; the others are of families.
inline constexpr Roles kStaffRoles{
    Role::principal,     Role::deputy_head,     Role::technical_specialist, Role::secretary,
    Role::class_teacher, Role::subject_teacher, Role::additional_teacher};
inline constexpr Roles kFamilyRoles{Role::guardian, Role::pupil};

/// The word that leaves and role_grant.role hold. Persisted: do not change.
std::string_view word_of(Role role);
std::optional<Role> role_of(std::string_view word);
/// Whether it may be of a class or a course alone. A grant for a part of any other opens nothing.
bool can_be_of_a_part(Role role);
/// The rank of what is written in this role. Of two that are concurrent in a cell by authority the
/// higher is shown; who has less may not cover it. All of those who teach have the same, so that a
/// class teacher's lesson doesn't weigh more.
std::uint16_t rank_of(Role role);

}  // namespace zimnik::journal
