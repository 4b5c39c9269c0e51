#include "schema/read/people.h"

#include <algorithm>

#include "schema/query.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

constexpr const char* kUnreadable = "удалено";

/// The first letter of a UTF-8 text.
std::string initial(const std::string& name) {
  std::size_t end = std::min<std::size_t>(1, name.size());
  while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) ++end;
  return name.substr(0, end) + ".";
}

/// The next code point, 0 at the end. What is no UTF-8 can't be in a leaf.
char32_t next(std::string_view& text) {
  if (text.empty()) return 0;
  const auto byte = static_cast<unsigned char>(text.front());
  const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
  char32_t point = length == 1 ? byte : byte & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length && i < text.size(); ++i) {
    point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3F);
  }
  text.remove_prefix(std::min(length, text.size()));
  return point;
}

/// A letter's place: ё stands behind е, letters of the peoples of the North behind the Russian.
std::uint32_t place(char32_t letter) {
  if (letter >= U'А' && letter <= U'Я') letter += U'а' - U'А';
  if (letter == U'Ё' || letter == U'ё') return U'е' * 2 + 1;
  return static_cast<std::uint32_t>(letter) * 2;
}

/// Negative, zero, positive.
int compare(std::string_view left, std::string_view right) {
  while (!left.empty() || !right.empty()) {
    const auto a = place(next(left)), b = place(next(right));
    if (a != b) return a < b ? -1 : 1;
  }
  return 0;
}

/// As compare sees letters.
bool begins_with(std::string_view text, std::string_view beginning) {
  while (!beginning.empty()) {
    if (place(next(text)) != place(next(beginning))) return false;
  }
  return true;
}

Account account_at(const Statement& row) {
  return {string_at(row, 0),   row.integer(1),    string_at(row, 2),
          row.integer(3) != 0, string_at(row, 4), sync::Time{row.is_null(5) ? 0 : row.integer(5)}};
}

/// One is open unless either says locked: account.state is what programs of schema 1 wrote.
constexpr const char* kAccountColumns =
    "SELECT a.login, a.person, a.verifier, a.state = 'open' AND "
    "coalesce(l.state, 'open') <> 'locked', a.reset_verifier, a.reset_expires_at "
    "FROM account a LEFT JOIN account_lock l ON l.login = a.login";

void sort_by_name(std::vector<NamedPerson>& people) {
  std::sort(people.begin(), people.end(), [](const NamedPerson& left, const NamedPerson& right) {
    if (comes_before(left.name, right.name)) return true;
    return !comes_before(right.name, left.name) && left.id < right.id;
  });
}

}  // namespace

PersonName PersonName::at(const Statement& row, int column) {
  return {string_at(row, column), string_at(row, column + 1), string_at(row, column + 2)};
}

std::string PersonName::full() const {
  if (!is_readable()) return kUnreadable;
  return plain() + (patronymic.empty() ? "" : " " + patronymic);
}

std::string PersonName::brief() const {
  if (!is_readable()) return kUnreadable;
  std::string text = family_name;
  if (!given_name.empty()) text += " " + initial(given_name);
  if (!patronymic.empty()) text += " " + initial(patronymic);
  return text;
}

std::string PersonName::plain() const {
  if (!is_readable()) return kUnreadable;
  return family_name + (given_name.empty() ? "" : " " + given_name);
}

PersonName name_of(Database& database, std::int64_t person) {
  PersonName name;
  each_row(database, "SELECT family_name, given_name, patronymic FROM person WHERE id = ?",
           {person}, [&](const Statement& row) { name = PersonName::at(row, 0); });
  return name;
}

bool comes_before(const PersonName& left, const PersonName& right) {
  for (const auto part :
       {&PersonName::family_name, &PersonName::given_name, &PersonName::patronymic}) {
    const int order = compare(left.*part, right.*part);
    if (order != 0) return order < 0;
  }
  return false;
}

std::vector<NamedPerson> pupils_of_class(Database& database, std::int64_t school_class, Date date) {
  std::vector<NamedPerson> people;
  each_row(database,
           "SELECT DISTINCT e.pupil, p.family_name, p.given_name, p.patronymic FROM enrolment e "
           "LEFT JOIN person p ON p.id = e.pupil "
           "WHERE e.school_class = ?1 AND e.since <= ?2 AND (e.until IS NULL OR e.until >= ?2)",
           {school_class, date_value(date)}, [&](const Statement& row) {
             people.push_back({row.integer(0), PersonName::at(row, 1)});
           });
  sort_by_name(people);
  return people;
}

std::vector<NamedPerson> people_of_kind(Database& database, std::string_view kind) {
  std::vector<NamedPerson> people;
  each_row(database, "SELECT id, family_name, given_name, patronymic FROM person WHERE kind = ?",
           {text_value(kind)}, [&](const Statement& row) {
             people.push_back({row.integer(0), PersonName::at(row, 1)});
           });
  sort_by_name(people);
  return people;
}

std::vector<NamedPerson> people_named(Database& database, std::string_view kind,
                                      std::string_view beginning) {
  if (beginning.empty()) return {};
  auto people = people_of_kind(database, kind);
  std::erase_if(people, [&](const NamedPerson& person) {
    return !begins_with(person.name.family_name, beginning);
  });
  return people;
}

std::size_t people_without_keys(Database& database, const std::vector<sync::Value>& forgotten) {
  std::size_t count = 0;
  each_row(database, "SELECT id FROM person WHERE family_name IS NULL", {},
           [&](const Statement& row) {
             const sync::Value person = row.integer(0);
             count += std::find(forgotten.begin(), forgotten.end(), person) == forgotten.end();
           });
  return count;
}

std::vector<Contact> contacts_of(Database& database, std::int64_t person) {
  std::vector<Contact> contacts;
  each_row(database,
           "SELECT kind, value, source, date FROM contact WHERE person = ? AND value IS NOT ''",
           {person}, [&](const Statement& row) {
             contacts.push_back(
                 {string_at(row, 0), string_at(row, 1), string_at(row, 2), date_at(row, 3)});
           });
  return contacts;
}

std::optional<Account> account_of(Database& database, std::string_view login) {
  std::optional<Account> account;
  each_row(database, std::string(kAccountColumns) + " WHERE a.login = ?", {text_value(login)},
           [&](const Statement& row) { account = account_at(row); });
  return account;
}

std::vector<Account> accounts(Database& database) {
  std::vector<Account> all;
  each_row(database, std::string(kAccountColumns) + " ORDER BY a.login", {},
           [&](const Statement& row) { all.push_back(account_at(row)); });
  return all;
}

std::optional<std::string> federal_identity_of(Database& database, std::int64_t person) {
  return one_text(database, "SELECT issuer FROM federal_identity WHERE person = ?", {person});
}

}  // namespace zimnik::journal
