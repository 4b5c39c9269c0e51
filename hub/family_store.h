// Accounts of guardians and their sessions, in hub.db. Passwords are kept as verifiers; session
// tokens and activation codes as hashes only. Any thread.
//
// A code makes an account, or adds the guardian whom it was issued to to one that is there. A newer
// code takes the place of an older one: what the older one opened is closed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

/// A guardian of a school, whose code opened an account.
struct GuardianLink {
  sync::SchoolId school;
  std::int64_t guardian = 0;
  sync::Hash code;
  bool operator==(const GuardianLink&) const = default;
};

struct FamilyAccount {
  std::int64_t id = 0;
  std::string login;
  std::string verifier;
};

class FamilyStore {
 public:
  /// A session that wasn't used for so long is over.
  static constexpr std::int64_t kSessionMs = std::int64_t{30} * 24 * 3600 * 1000;

  explicit FamilyStore(HubDatabase& database) : database_(database) {}

  enum class Activated : std::uint8_t { done, code_used, login_taken };
  bool was_used(const sync::Hash& code);
  Activated open_account(const std::string& login, const std::string& verifier,
                         const GuardianLink& link, sync::Time now);
  Activated add_link(std::int64_t account, const GuardianLink& link, sync::Time now);

  /// These persons of the school were forgotten: noted once for each, and what a guardian's code
  /// opened is closed, in the file's free pages too. No code of theirs opens anything any more.
  void forget(const sync::SchoolId& school, const std::vector<std::int64_t>& persons);
  /// How many of the school were noted.
  std::int64_t forgotten_of(const sync::SchoolId& school);

  std::optional<FamilyAccount> account_of(const std::string& login);
  std::string login_of(std::int64_t account);  ///< empty where there is none
  std::vector<GuardianLink> links_of(std::int64_t account);

  /// The new session's token: 64 hexadecimal digits.
  std::string open_session(std::int64_t account, sync::Time now);
  /// Nothing where there is no such session, or it is over.
  std::optional<std::int64_t> account_of_session(const std::string& token, sync::Time now);
  void close_session(const std::string& token);
  /// All of the account but this one.
  void close_other_sessions(std::int64_t account, const std::string& token);
  std::int64_t count_accounts();
  std::int64_t count_sessions(sync::Time now);  ///< those that aren't over
  void close_all_sessions();

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
