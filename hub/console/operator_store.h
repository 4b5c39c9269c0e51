// Who works at the region's console, in hub.db: accounts with a role, their codes and sessions.
// Passwords are kept as verifiers; codes and session tokens as hashes only. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

/// Persisted: do not change.
enum class OperatorRole : std::uint8_t {
  administrator = 1,  ///< all
  support = 2,        ///< schools, tokens, standing: neither figures nor operators nor reading
  authority = 3,      ///< of an education authority: the figures of its own schools, no more
};
/// As it is typed: administrator, support, authority.
std::string word_of(OperatorRole role);
std::optional<OperatorRole> operator_role(const std::string& word);

struct OperatorAccount {
  std::int64_t id = 0;
  std::string login;
  OperatorRole role = OperatorRole::support;
  std::string verifier;  ///< empty until the first sign-in
  bool is_locked = false;
  std::set<sync::SchoolId> schools{};  ///< of an authority: its own

  /// Whether it may see that school's figures.
  bool sees(const sync::SchoolId& school) const {
    return role == OperatorRole::administrator ||
           (role == OperatorRole::authority && schools.contains(school));
  }
};

class OperatorStore {
 public:
  static constexpr std::int64_t kIdleMs = std::int64_t{30} * 60 * 1000;
  static constexpr std::int64_t kSessionMs = std::int64_t{12} * 3600 * 1000;
  static constexpr std::int64_t kCodeMs = std::int64_t{72} * 3600 * 1000;

  explicit OperatorStore(HubDatabase& database) : database_(database) {}

  /// False where the login is taken. Nobody signs in before a code of theirs was used.
  bool add(const std::string& login, OperatorRole role, const std::set<sync::SchoolId>& schools,
           sync::Time now);
  std::optional<OperatorAccount> find(const std::string& login);
  std::vector<OperatorAccount> all();  ///< in order of their logins
  /// A code that sets a password within kCodeMs, once; older ones are no more.
  void issue_code(std::int64_t id, const sync::Hash& code, sync::Time now);
  /// Its sessions and codes end. With false it may sign in again.
  void lock(std::int64_t id, bool is_locked, sync::Time now);

  /// Whose code it is; nothing where it is nobody's, has expired, or its owner is locked.
  std::optional<OperatorAccount> owner_of_code(const sync::Hash& code, sync::Time now);
  /// Uses the code up; all sessions of before end. False where somebody else was faster.
  bool set_password(const sync::Hash& code, const std::string& verifier, sync::Time now);

  /// The new session's token: 64 hexadecimal digits. `former`, if any, ends.
  std::string open_session(std::int64_t id, const std::string& former, sync::Time now);
  /// Nothing where there is no such session, it was idle or lasted too long, or its owner is
  /// locked.
  std::optional<OperatorAccount> of_session(const std::string& token, sync::Time now);
  void close_session(const std::string& token);
  /// All sessions, and the codes that weren't used.
  void close_all();
  std::int64_t count_sessions(sync::Time now);

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
