#include "schema/logins.h"

#include <charconv>
#include <map>

#include "schema/query.h"

namespace zimnik::journal {

namespace {

constexpr std::size_t kProposedBytes = 40;
constexpr std::string_view kFamily = "diary:";  // no login has a colon
constexpr std::size_t kLetterBytes = 2;         // of a Russian one in UTF-8

const std::map<std::string_view, std::string_view> kLatin = {
    {"а", "a"},  {"б", "b"},  {"в", "v"},  {"г", "g"},    {"д", "d"},  {"е", "e"},    {"ё", "e"},
    {"ж", "zh"}, {"з", "z"},  {"и", "i"},  {"й", "i"},    {"к", "k"},  {"л", "l"},    {"м", "m"},
    {"н", "n"},  {"о", "o"},  {"п", "p"},  {"р", "r"},    {"с", "s"},  {"т", "t"},    {"у", "u"},
    {"ф", "f"},  {"х", "kh"}, {"ц", "ts"}, {"ч", "ch"},   {"ш", "sh"}, {"щ", "shch"}, {"ъ", "ie"},
    {"ы", "y"},  {"ь", ""},   {"э", "e"},  {"ю", "iu"},   {"я", "ia"}, {"А", "a"},    {"Б", "b"},
    {"В", "v"},  {"Г", "g"},  {"Д", "d"},  {"Е", "e"},    {"Ё", "e"},  {"Ж", "zh"},   {"З", "z"},
    {"И", "i"},  {"Й", "i"},  {"К", "k"},  {"Л", "l"},    {"М", "m"},  {"Н", "n"},    {"О", "o"},
    {"П", "p"},  {"Р", "r"},  {"С", "s"},  {"Т", "t"},    {"У", "u"},  {"Ф", "f"},    {"Х", "kh"},
    {"Ц", "ts"}, {"Ч", "ch"}, {"Ш", "sh"}, {"Щ", "shch"}, {"Ъ", "ie"}, {"Ы", "y"},    {"Ь", ""},
    {"Э", "e"},  {"Ю", "iu"}, {"Я", "ia"}};

/// The next letter in Latin, and how many bytes it took.
std::pair<std::string, std::size_t> latin_letter(std::string_view text) {
  const char first = text.front();
  if (first >= 'a' && first <= 'z') return {std::string(1, first), 1};
  if (first >= 'A' && first <= 'Z')
    return {std::string(1, static_cast<char>(first + ('a' - 'A'))), 1};
  const auto found = kLatin.find(text.substr(0, kLetterBytes));
  if (found == kLatin.end()) return {"", 1};
  return {std::string(found->second), kLetterBytes};
}

std::string latin(std::string_view name) {
  std::string text;
  while (!name.empty() && text.size() < kProposedBytes) {
    const auto [letters, bytes] = latin_letter(name);
    text += letters;
    name.remove_prefix(bytes);
  }
  return text;
}

bool is_taken(sync::Database& database, const std::string& login) {
  return has_row(database, "SELECT 1 FROM account WHERE login = ?", {text_value(login)});
}

}  // namespace

std::string login_from(std::string_view family_name, std::string_view given_name) {
  auto login = latin(family_name);
  if (login.empty()) return "user";
  const auto initial = latin(given_name).substr(0, 1);
  return initial.empty() ? login : login + "." + initial;
}

std::string free_login(sync::Database& database, std::string_view family_name,
                       std::string_view given_name) {
  const auto base = login_from(family_name, given_name);
  auto login = base;
  for (int number = 2; is_taken(database, login); ++number) login = base + std::to_string(number);
  return login;
}

std::string family_author(std::int64_t person) {
  return std::string(kFamily) + std::to_string(person);
}

std::optional<std::int64_t> person_of_family_author(std::string_view author) {
  if (!author.starts_with(kFamily)) return std::nullopt;
  author.remove_prefix(kFamily.size());
  std::int64_t person = 0;
  const auto [at, error] = std::from_chars(author.data(), author.data() + author.size(), person);
  if (error != std::errc() || at != author.data() + author.size()) return std::nullopt;
  return person;
}

}  // namespace zimnik::journal
