#include "hub/delivery/choice_store.h"

#include "hub/query.h"
#include "hub/random.h"

namespace zimnik::hub {
namespace {

using journal::each_row;
using journal::string_at;
using journal::text_value;
using sync::Database;
using sync::Statement;

constexpr std::size_t kSecretBytes = 32;
const std::string kColumns =
    "c.account, c.address, c.language, c.asked_at, c.confirmed_at, c.fault, c.absences_at, "
    "c.marks_at, c.week_at, c.message_at, c.phone, c.phone_asked_at, c.phone_confirmed_at";

const char* column_of(LetterKind kind) {
  switch (kind) {
    case LetterKind::absences:
      return "absences_at";
    case LetterKind::marks:
      return "marks_at";
    case LetterKind::message:
      return "message_at";
    default:
      return "week_at";
  }
}

DeliveryChoice choice_at(const Statement& row) {
  DeliveryChoice choice{row.integer(0),     string_at(row, 1),
                        string_at(row, 2),  sync::Time{row.integer(3)},
                        time_at(row, 4),    string_at(row, 5),
                        string_at(row, 10), sync::Time{row.integer(11)},
                        time_at(row, 12),   {}};
  int column = 6;
  for (const auto kind : kNewsKinds) {
    if (const auto since = time_at(row, column++)) choice.chosen.emplace(kind, *since);
  }
  return choice;
}

/// There is a row of the account from then on.
void begin(Database& database, std::int64_t account, const std::string& language, sync::Time now) {
  run_sql(database,
          "INSERT OR IGNORE INTO delivery_choice (account, address, language, asked_at) "
          "VALUES (?, '', ?, ?)",
          {account, text_value(language), now.ms});
}

}  // namespace

std::optional<std::string> phone_as_kept(const std::string& text) {
  constexpr std::size_t kFewest = 10, kMost = 15, kRussian = 11;
  const auto plus = text.rfind('+');
  if (text.find_first_not_of("0123456789 +-().") != std::string::npos ||
      (plus != std::string::npos && text.find_first_not_of(' ') != plus)) {
    return std::nullopt;
  }
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (digits.size() < kFewest || digits.size() > kMost || digits[0] == '0') return std::nullopt;
  const bool is_abroad = plus != std::string::npos;
  if (digits.size() == kFewest && !is_abroad) digits.insert(0, "7");
  if (digits.size() == kRussian && digits[0] == '8' && !is_abroad) digits[0] = '7';
  return "+" + digits;
}

std::optional<DeliveryChoice> ChoiceStore::of(std::int64_t account) {
  return database_.run([&](Database& database) {
    std::optional<DeliveryChoice> choice;
    each_row(database, "SELECT " + kColumns + " FROM delivery_choice c WHERE c.account = ?",
             {account}, [&](const Statement& row) { choice = choice_at(row); });
    return choice;
  });
}

void ChoiceStore::set_address(std::int64_t account, const std::string& address,
                              const std::string& language, sync::Time now) {
  database_.run([&](Database& database) {
    run_sql(database,
            "INSERT INTO delivery_choice (account, address, language, asked_at) "
            "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (account) DO UPDATE SET language = ?3, "
            "asked_at = CASE WHEN address = ?2 AND confirmed_at IS NOT NULL THEN asked_at "
            "ELSE ?4 END, fault = CASE WHEN address = ?2 THEN fault END, "
            "confirmed_at = CASE WHEN address = ?2 THEN confirmed_at END, address = ?2",
            {account, text_value(address), text_value(language), now.ms});
  });
}

bool ChoiceStore::confirm(std::int64_t account, const std::string& address, sync::Time asked,
                          sync::Time now) {
  return database_.run([&](Database& database) {
    run_sql(database,
            "UPDATE delivery_choice SET confirmed_at = coalesce(confirmed_at, ?), fault = NULL "
            "WHERE account = ? AND address = ? AND asked_at = ?",
            {now.ms, account, text_value(address), asked.ms});
    return database.changes() > 0;
  });
}

void ChoiceStore::refuse_address(std::int64_t account, const std::string& address,
                                 const std::string& fault) {
  database_.run([&](Database& database) {
    run_sql(database,
            "UPDATE delivery_choice SET confirmed_at = NULL, fault = ? "
            "WHERE account = ? AND address = ?",
            {text_value(fault), account, text_value(address)});
  });
}

void ChoiceStore::set_phone(std::int64_t account, const std::string& phone,
                            const std::string& language, sync::Time now) {
  database_.run([&](Database& database) {
    begin(database, account, language, now);
    run_sql(database,
            "UPDATE delivery_choice SET phone = ?, phone_asked_at = ?, phone_confirmed_at = NULL "
            "WHERE account = ?",
            {text_value(phone), now.ms, account});
  });
}

bool ChoiceStore::confirm_phone(std::int64_t account, const std::string& phone, sync::Time asked,
                                sync::Time now) {
  return database_.run([&](Database& database) {
    run_sql(database,
            "UPDATE delivery_choice SET phone_confirmed_at = coalesce(phone_confirmed_at, ?) "
            "WHERE account = ? AND phone = ? AND phone_asked_at = ?",
            {now.ms, account, text_value(phone), asked.ms});
    return database.changes() > 0;
  });
}

void ChoiceStore::choose(std::int64_t account, LetterKind kind, bool is_chosen, sync::Time now,
                         const std::string& language) {
  const std::string column = column_of(kind);
  database_.run([&](Database& database) {
    begin(database, account, language, now);
    run_sql(database,
            "UPDATE delivery_choice SET " + column + " = CASE WHEN ? THEN coalesce(" + column +
                ", ?) END WHERE account = ?",
            {std::int64_t{is_chosen ? 1 : 0}, now.ms, account});
  });
}

std::vector<DeliveryChoice> ChoiceStore::subscribed(const sync::SchoolId& school) {
  return database_.run([&](Database& database) {
    std::vector<DeliveryChoice> choices;
    each_row(database,
             "SELECT " + kColumns +
                 " FROM delivery_choice c WHERE (c.message_at IS NOT NULL AND c.phone_confirmed_at "
                 "IS NOT NULL "
                 "OR c.confirmed_at IS NOT NULL "
                 "AND coalesce(c.absences_at, c.marks_at, c.week_at) IS NOT NULL) AND EXISTS "
                 "(SELECT 1 FROM link l WHERE l.account = c.account AND l.school = ?) "
                 "ORDER BY c.account",
             {blob_value(school)},
             [&](const Statement& row) { choices.push_back(choice_at(row)); });
    return choices;
  });
}

std::string ChoiceStore::secret() {
  return database_.run([&](Database& database) {
    std::string secret;
    each_row(database, "SELECT secret FROM delivery_secret", {},
             [&](const Statement& row) { secret = row.blob(0); });
    if (secret.empty()) {
      secret = random_bytes(kSecretBytes);
      run_sql(database, "INSERT INTO delivery_secret VALUES (1, ?)", {sync::Blob{secret}});
    }
    return secret;
  });
}

}  // namespace zimnik::hub
