// Pupils: who isn't there yet is added and enrolled; of who is there what the file knows more of is
// filled in. A pupil is known by the names and the day of birth.
#include <map>
#include <set>

#include "schema/commands/person.h"
#include "schema/import/folding.h"
#include "schema/import/kinds.h"
#include "schema/query.h"
#include "schema/snils.h"

namespace zimnik::journal {

using sync::Command;
using sync::Statement;

namespace {

constexpr Column kColumns[] = {{"Фамилия", "Иванов", true},
                               {"Имя", "Пётр", true},
                               {"Отчество", "Сергеевич"},
                               {"Дата рождения", "01.02.2013"},
                               {"Пол", "м"},
                               {"Класс", "7А", true},
                               {"№ личного дела", "И-15", false, limits::kNumberBytes},
                               {"СНИЛС", "112-233-445 95"}};

struct Pupil {
  std::int64_t id = 0;
  std::optional<Date> birth_date;
  PersonalFile file;
  std::optional<std::int64_t> school_class;  ///< of this year
};
using Pupils = std::multimap<std::string, Pupil>;  ///< by bare names

std::string key_of(const PersonNames& names) {
  return folded(names.family_name) + "\n" + folded(names.given_name) + "\n" +
         folded(names.patronymic);
}

Pupils pupils_now(Planning& planning) {
  Pupils pupils;
  each_row(planning.database(),
           "SELECT p.id, p.family_name, p.given_name, p.patronymic, p.birth_date, f.gender, "
           "f.file_number, f.snils, (SELECT e.school_class FROM enrolment e JOIN school_class k "
           "ON k.id = e.school_class WHERE e.pupil = p.id AND k.year = ?1 AND "
           "(e.until IS NULL OR e.until >= ?2) ORDER BY e.since DESC LIMIT 1) "
           "FROM person p LEFT JOIN personal_file f ON f.pupil = p.id "
           "WHERE p.kind = 'pupil' AND p.family_name IS NOT NULL ORDER BY p.id",
           {std::int64_t{planning.options().year}, date_value(planning.options().today)},
           [&](const Statement& row) {
             pupils.emplace(key_of({string_at(row, 1), string_at(row, 2), string_at(row, 3)}),
                            Pupil{row.integer(0),
                                  date_at(row, 4),
                                  {string_at(row, 5), string_at(row, 6), string_at(row, 7)},
                                  integer_at(row, 8)});
           });
  return pupils;
}

/// What a row says.
struct Line {
  std::size_t number = 0;
  PersonNames names;
  std::optional<Date> birth_date;
  PersonalFile file;
  const ClassNow* school_class = nullptr;

  std::string title() const {
    return names.family_name + " " + names.given_name +
           (names.patronymic.empty() ? "" : " " + names.patronymic) + ", " + school_class->text();
  }
};

/// Reports what is wrong; nothing then.
std::optional<Line> line_from(Planning& planning, const SheetRow& row) {
  Line line{row.line, {row["Фамилия"], row["Имя"], row["Отчество"]}, {}, {}, {}};
  bool is_good = true;
  const auto fault = [&](sync::Phrase why) {
    planning.fault(row.line, std::move(why));
    is_good = false;
  };
  line.school_class = planning.class_named(row.line, row["Класс"]);
  const auto birth = row["Дата рождения"];
  line.birth_date = day_from(birth);
  if (!birth.empty() && !line.birth_date) {
    fault({"дата рождения «{1}»: нет такого дня, нужно ДД.ММ.ГГГГ", {birth}});
  }
  if (line.birth_date > planning.options().today) {
    fault({"дата рождения «{1}» ещё не настала", {birth}});
  }
  const auto gender = folded(row["Пол"]);
  if (gender == "м" || gender == "муж" || gender == "мужской") line.file.gender = "м";
  if (gender == "ж" || gender == "жен" || gender == "женский") line.file.gender = "ж";
  if (!gender.empty() && line.file.gender.empty())
    fault({"пол «{1}»: нужно «м» или «ж»", {gender}});
  line.file.file_number = row["№ личного дела"];
  const auto snils = row["СНИЛС"];
  line.file.snils = snils_from(snils).value_or("");
  if (!snils.empty() && line.file.snils.empty()) {
    fault({"СНИЛС «{1}»: нужны 11 цифр, контрольное число должно сойтись", {snils}});
  }
  if (!is_good || line.school_class == nullptr) return std::nullopt;
  return line;
}

/// Who the line speaks of: an id, 0 for somebody new, nothing where it can't be told.
std::optional<std::int64_t> found(const Pupils& pupils, const Line& line, Pupil& who) {
  std::vector<const Pupil*> same_day, no_day, all;
  const auto [first, last] = pupils.equal_range(key_of(line.names));
  for (auto it = first; it != last; ++it) {
    all.push_back(&it->second);
    if (!it->second.birth_date) no_day.push_back(all.back());
    if (line.birth_date && it->second.birth_date == line.birth_date) same_day.push_back(all.back());
  }
  const auto& fitting = !line.birth_date ? all : !same_day.empty() ? same_day : no_day;
  if (fitting.empty()) return 0;
  if (fitting.size() > 1) return std::nullopt;
  who = *fitting.front();
  return who.id;
}

NamedPerson named(std::int64_t id, const PersonNames& names) {
  return {id, {names.family_name, names.given_name, names.patronymic}};
}

void plan_new(Planning& planning, const Line& line, Date since) {
  const auto id = planning.new_person();
  planning.school().note_pupil(line.school_class->id, named(id, line.names));
  Change change{line.number, Effect::added, {"{1}", {line.title()}}};
  change.details.push_back({"в классе с {1}", {since.russian()}});
  change.write = [=, names = line.names, birth = line.birth_date, file = line.file,
                  school_class = line.school_class->id](Command& command) {
    add_person(command, id, PersonKind::pupil, names, birth);
    enrol(command, id, school_class, since);
    if (!(file.gender + file.file_number + file.snils).empty()) {
      set_personal_file(command, id, file);
    }
  };
  planning.add(std::move(change));
}

void plan_known(Planning& planning, const Line& line, const Pupil& now, Date since) {
  if (now.school_class && *now.school_class != line.school_class->id) {
    planning.fault(line.number,
                   {"числится в {1}: перевод в {2} оформляется приказом",
                    {planning.school().class_name(*now.school_class), line.school_class->text()}});
    return;
  }
  Change change{line.number, Effect::changed, {"{1}", {line.title()}}};
  const auto filled = [](const std::string& told, const std::string& held) {
    return told.empty() ? held : told;
  };
  const PersonalFile file{filled(line.file.gender, now.file.gender),
                          filled(line.file.file_number, now.file.file_number),
                          filled(line.file.snils, now.file.snils)};
  const bool has_birth = line.birth_date && now.birth_date != line.birth_date;
  if (has_birth) change.details.push_back({"дата рождения: {1}", {line.birth_date->russian()}});
  note_difference(change.details, "пол: {1} → {2}", now.file.gender, file.gender);
  note_difference(change.details, "личное дело: {1} → {2}", now.file.file_number, file.file_number);
  note_difference(change.details, "СНИЛС: {1} → {2}", now.file.snils, file.snils);
  const bool has_file = change.details.size() > (has_birth ? 1U : 0U);
  const bool is_enrolled = now.school_class.has_value();
  if (!is_enrolled) {
    change.details.push_back({"в классе с {1}", {since.russian()}});
    planning.school().note_pupil(line.school_class->id, named(now.id, line.names));
  }
  if (change.details.empty()) {
    change.effect = Effect::same;
  } else {
    change.write = [=, id = now.id, birth = line.birth_date,
                    school_class = line.school_class->id](Command& command) {
      if (has_birth) set_birth_date(command, id, birth);
      if (has_file) set_personal_file(command, id, file);
      if (!is_enrolled) enrol(command, id, school_class, since);
    };
  }
  planning.add(std::move(change));
}

void plan(Planning& planning, const std::vector<SheetRow>& rows) {
  const auto pupils = pupils_now(planning);
  const auto since = first_day_for(planning.database(), "enrolment", planning.options());
  std::map<std::string, std::size_t> lines;  // of whom a row has spoken
  for (const auto& row : rows) {
    const auto line = line_from(planning, row);
    if (!line) continue;
    const auto who = key_of(line->names) + (line->birth_date ? line->birth_date->text() : "");
    const auto [seen, is_first] = lines.emplace(who, row.line);
    if (!is_first) {
      planning.fault(row.line, {"повторяет строку {1}", {std::to_string(seen->second)}});
      continue;
    }
    Pupil now;
    const auto id = found(pupils, *line, now);
    if (!id) {
      planning.fault(row.line, {"таких обучающихся несколько: нужна дата рождения", {}});
    } else if (*id == 0) {
      plan_new(planning, *line, since);
    } else {
      plan_known(planning, *line, now, since);
    }
  }
}

}  // namespace

const ImportKind kPupilsFile = {
    "pupils",
    "Обучающиеся",
    "Новые зачисляются в класс, у известных дополняются сведения. Перевод из класса в класс файлом "
    "не "
    "делается.",
    {Role::principal, Role::deputy_head, Role::technical_specialist, Role::secretary},
    kColumns,
    plan,
    false,
    true};

}  // namespace zimnik::journal
