// Pupils from CSV, with a heading: Фамилия;Имя;Отчество;Дата рождения;Пол;Класс;№ личного
// дела;СНИЛС. Of these the names, the day of birth and the class are taken. All of it or nothing; a
// second time changes nothing.
#include <algorithm>
#include <map>
#include <set>

#include "node/commands/commands.h"
#include "node/commands/csv.h"
#include "node/web/door.h"
#include "schema/commands/person.h"
#include "schema/commands/school.h"
#include "schema/ids.h"
#include "schema/limits.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "schema/sample/sample_school.h"
#include "sync/web/password.h"

namespace zimnik::node {
namespace {

struct Line {
  std::size_t number = 0;
  journal::PersonNames names;
  std::optional<journal::Date> birth_date;
  std::string class_name;
  std::string identity() const {
    return names.family_name + "\n" + names.given_name + "\n" + names.patronymic + "\n" +
           (birth_date ? birth_date->text() : "");
  }
};

struct Faults {
  std::vector<std::string> texts;
  void add(std::size_t line, const std::string& text) {
    texts.push_back("строка " + std::to_string(line) + ": " + text);
  }
};

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Of a name: what the journal's command would refuse, and what no name has.
void check_name(const std::string& name, const std::string& what, std::size_t line,
                Faults& faults) {
  if (name.size() > journal::limits::kNameBytes) faults.add(line, what + ": слишком длинно");
  const bool has_control = std::any_of(name.begin(), name.end(),
                                       [](unsigned char it) { return it < ' ' || it == 0x7f; });
  if (has_control) faults.add(line, what + ": посторонний знак или конец строки");
}

/// ДД.ММ.ГГГГ or YYYY-MM-DD.
std::optional<journal::Date> day_from(const std::string& text) {
  if (text.size() == 10 && text[2] == '.' && text[5] == '.') {
    return journal::Date::parse(text.substr(6) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2));
  }
  return journal::Date::parse(text);
}

std::vector<Line> lines_from(const std::vector<CsvRow>& rows, journal::Date today, Faults& faults) {
  std::vector<Line> lines;
  if (rows.empty()) throw std::runtime_error("файл пуст");
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < rows[0].fields.size(); ++i) {
    const auto name = trimmed(rows[0].fields[i]);
    if (!place.emplace(name, i).second && !name.empty()) {
      throw std::runtime_error("строка 1: столбец «" + name + "» дважды");
    }
  }
  for (const auto* wanted : {"Фамилия", "Имя", "Класс"}) {
    if (!place.contains(wanted)) {
      throw std::runtime_error(std::string("строка 1: нет столбца «") + wanted + "»");
    }
  }
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto field = [&](const char* name) {
      const auto found = place.find(name);
      const bool is_there = found != place.end() && found->second < rows[i].fields.size();
      return is_there ? trimmed(rows[i].fields[found->second]) : std::string();
    };
    Line line{
        rows[i].line, {field("Фамилия"), field("Имя"), field("Отчество")}, {}, field("Класс")};
    if (line.names.family_name.empty()) faults.add(line.number, "нет фамилии");
    if (line.names.given_name.empty()) faults.add(line.number, "нет имени");
    check_name(line.names.family_name, "фамилия", line.number, faults);
    check_name(line.names.given_name, "имя", line.number, faults);
    check_name(line.names.patronymic, "отчество", line.number, faults);
    const auto birth = field("Дата рождения");
    line.birth_date = day_from(birth);
    if (!birth.empty() && !line.birth_date) {
      faults.add(line.number, "дата рождения «" + birth + "»: нужно ДД.ММ.ГГГГ");
    }
    if (line.birth_date > today) {
      faults.add(line.number, "дата рождения «" + birth + "» ещё не настала");
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

/// Who is there already, by identity.
std::set<std::string> held(sync::Database& database) {
  std::set<std::string> identities;
  auto query = database.prepare(
      "SELECT family_name, given_name, patronymic, birth_date FROM person WHERE kind = 'pupil'");
  while (query.step()) {
    const auto text = [&](int i) { return std::string(query.text(i)); };
    identities.insert(text(0) + "\n" + text(1) + "\n" + text(2) + "\n" + text(3));
  }
  return identities;
}

std::map<std::string, std::int64_t> classes(sync::Database& database, int year) {
  std::map<std::string, std::int64_t> ids;
  for (const auto& it : journal::classes_of_year(database, year)) ids[it.text()] = it.id;
  return ids;
}

}  // namespace

int import_pupils(SchoolNode& node, const std::string& csv, bool only_look, std::ostream& out) {
  Faults faults;
  const auto today = day_of(system_time());
  auto lines = lines_from(read_csv(csv), today, faults);
  std::map<std::string, std::int64_t> class_ids;
  std::set<std::string> identities;
  node.journal().read([&](sync::Database& database) {
    class_ids = classes(database, today.school_year());
    identities = held(database);
  });
  for (const auto& line : lines) {
    if (!class_ids.contains(line.class_name)) {
      faults.add(line.number, "класса «" + line.class_name + "» в этом году нет");
    }
  }
  std::erase_if(lines,
                [&](const Line& line) { return !identities.insert(line.identity()).second; });
  for (const auto& fault : faults.texts) out << fault << "\n";
  out << "новых: " << lines.size() << ", с ошибками: " << faults.texts.size() << "\n";
  if (!faults.texts.empty()) out << "ничего не внесено\n";
  if (!faults.texts.empty() || only_look || lines.empty()) return faults.texts.empty() ? 0 : 1;
  std::vector<std::int64_t> persons;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    persons.push_back(journal::new_id(today.school_year()));
  }
  node.journal().make_person_keys(persons);
  const auto entry = console_entry(node);
  node.journal().write([&](sync::Replica& replica) {
    replica.write(entry, [&](sync::Command& command) {
      for (std::size_t i = 0; i < lines.size(); ++i) {
        journal::add_person(command, persons[i], journal::PersonKind::pupil, lines[i].names,
                            lines[i].birth_date);
        journal::enrol(command, persons[i], class_ids.at(lines[i].class_name), today);
      }
    });
  });
  out << "внесено\n";
  return 0;
}

int import_sample(SchoolNode& node, int pupils, std::ostream& out) {
  auto options = journal::sample::options_as_of(day_of(system_time()));
  options.pupils = pupils;
  // One password for all, checked once: the school is made up.
  const std::string password = "zimnik-sample";
  const auto verifier = web::password_verifier(password);
  options.verifier = [&](const std::string&) { return verifier; };
  const journal::sample::SampleSchool school(options);
  node.journal().make_person_keys(school.people());
  node.journal().write([&](sync::Replica& replica) { journal::sample::fill(replica, school); });
  for (const auto& person : school.staff()) {
    out << person.login << "\t" << journal::word_of(person.role) << "\t" << person.name << "\n";
  }
  out << "пароль у всех: " << password << "\n";
  return 0;
}

}  // namespace zimnik::node
