// People, where they learn, and why they were away. Errors as in lesson.h. Names and contacts need
// a key of their person in the replica's keyring, or the engine refuses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/dates.h"
#include "schema/words.h"
#include "sync/store/command.h"

namespace zimnik::journal {

struct PersonNames {
  std::string family_name, given_name;
  std::string patronymic;  ///< empty where there is none
};

void add_person(sync::Command& command, std::int64_t person, PersonKind kind,
                const PersonNames& names, std::optional<Date> birth_date = {});
void set_names(sync::Command& command, std::int64_t person, const PersonNames& names);
void set_birth_date(sync::Command& command, std::int64_t person, std::optional<Date> birth_date);
/// What a pupil's file has beside; what is empty isn't known.
struct PersonalFile {
  std::string gender;  ///< «м», «ж»
  std::string file_number, snils;
};
/// Needs the school's key. Refuses who isn't a pupil, and a СНИЛС whose check digits are wrong.
void set_personal_file(sync::Command& command, std::int64_t pupil, const PersonalFile& file);
/// `kind`: phone or email. `source`: kByGuardian where the person itself gave it, else the paper.
/// An empty `value` takes away one that is there.
void set_contact(sync::Command& command, std::int64_t person, std::string_view kind,
                 std::string_view value, std::string_view source, Date date);

/// Refuses who isn't a pupil, who is in a class already on that day, and a day that isn't of the
/// class's school year.
void enrol(sync::Command& command, std::int64_t pupil, std::int64_t school_class, Date since,
           std::string_view order_number = {});
/// `last_day` is the last one in the class and its subgroups. Refuses who isn't in it.
void leave_class(sync::Command& command, std::int64_t pupil, std::int64_t school_class,
                 Date last_day, std::string_view order_number = {});
/// Leaves the school: as leave_class, and no class that the pupil would come to later is left, as
/// that of the next school year.
void dismiss(sync::Command& command, std::int64_t pupil, std::int64_t school_class, Date last_day,
             std::string_view order_number = {});
/// From `since` on the pupil is in the other class, also where another one was to begin that day.
/// Marks stay where they were given, and follow the pupil on the new class's pages.
void transfer(sync::Command& command, std::int64_t pupil, std::int64_t from, std::int64_t to,
              Date since, std::string_view order_number = {});

/// Refuses days in the wrong order, an excuse without a document, and a second one from that day
/// on: the first is withdrawn before.
void add_excuse(sync::Command& command, std::int64_t pupil, Date since, Date until,
                ExcuseReason reason, std::string_view document);
void remove_excuse(sync::Command& command, std::int64_t pupil, Date since);

}  // namespace zimnik::journal
