// People as pages name them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// A person's name; «удалено» in all forms where it can't be read here: its key is missing, or the
/// person was forgotten.
struct PersonName {
  std::string family_name, given_name, patronymic;

  static PersonName at(const sync::Statement& row, int column);  ///< three columns from there
  bool is_readable() const { return !family_name.empty(); }
  std::string full() const;   ///< Иванов Пётр Сергеевич
  std::string brief() const;  ///< Иванов П. С.
  std::string plain() const;  ///< Иванов Пётр
};

/// The person's name; an unreadable one too where there is no such person.
PersonName name_of(sync::Database& database, std::int64_t person);

/// For the order of a list: Russian letters in order of the alphabet, capitals as small ones.
bool comes_before(const PersonName& left, const PersonName& right);

struct NamedPerson {
  std::int64_t id = 0;
  PersonName name;
};
/// Who is in the class on that day, in order of their names.
std::vector<NamedPerson> pupils_of_class(sync::Database& database, std::int64_t school_class,
                                         Date date);
/// All of a kind (a word of words.h), in order of their names.
std::vector<NamedPerson> people_of_kind(sync::Database& database, std::string_view kind);

/// Those of a kind whose family name begins so, whatever the case, in order of their names. Nobody
/// for a blank text.
std::vector<NamedPerson> people_named(sync::Database& database, std::string_view kind,
                                      std::string_view beginning);

/// How many people's names can't be read here although they aren't among the forgotten: their keys
/// are missing.
std::size_t people_without_keys(sync::Database& database,
                                const std::vector<sync::Value>& forgotten);

struct Contact {
  std::string kind;   ///< phone, email
  std::string value;  ///< empty where it can't be read here
  std::string source;
  std::optional<Date> date;
};
std::vector<Contact> contacts_of(sync::Database& database, std::int64_t person);

/// What the node's door needs of an account. Nothing where there is none.
struct Account {
  std::string login;
  std::int64_t person = 0;
  std::string verifier;
  bool is_open = false;
  std::string code_hash;    ///< of the code that was issued; empty where none is
  sync::Time code_expires;  ///< when it is over
};
std::optional<Account> account_of(sync::Database& database, std::string_view login);
std::vector<Account> accounts(sync::Database& database);  ///< in order of their logins

/// By which provider the person is known; nothing where by none.
std::optional<std::string> federal_identity_of(sync::Database& database, std::int64_t person);

}  // namespace zimnik::journal
