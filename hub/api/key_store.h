// Keys by which other systems read the API, in hub.db: of a key only the SHA-256 is kept. Any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

/// What a key opens. Bits; persisted: do not change.
enum class ApiScope : std::uint8_t {
  structure = 1,  ///< schools, classes, courses, periods, timetable; who is where, by number alone
  names = 2,      ///< the names of pupils and staff with that
  journal = 4,    ///< lessons, marks, attendance, excuses
  finals = 8,     ///< results of periods and years
  oneroster = 16  ///< the whole OneRoster archive, names and marks too
};
inline constexpr ApiScope kApiScopes[] = {ApiScope::structure, ApiScope::names, ApiScope::journal,
                                          ApiScope::finals, ApiScope::oneroster};
std::string_view word_of(ApiScope scope);
std::optional<ApiScope> api_scope_of(std::string_view word);

using ApiScopes = unsigned;
constexpr ApiScopes bit_of(ApiScope scope) { return static_cast<ApiScopes>(scope); }
/// Their words, with a blank between.
std::string words_of(ApiScopes scopes);

struct ApiKey {
  std::int64_t id = 0;
  std::string name;  ///< the system that has it
  ApiScopes scopes = 0;
  std::optional<std::set<sync::SchoolId>> schools{};  ///< nothing: all of them
  std::string made_by;
  sync::Time made, expires;
  std::optional<sync::Time> ended{}, used{};

  bool has(ApiScope scope) const { return (scopes & bit_of(scope)) != 0; }
  bool opens(const sync::SchoolId& school) const { return !schools || schools->contains(school); }
  bool is_in_force(sync::Time now) const { return !ended && now.ms < expires.ms; }
};

class ApiKeyStore {
 public:
  /// That a key is used is written at most this often.
  static constexpr std::int64_t kTouchMs = 60 * 1000;

  explicit ApiKeyStore(HubDatabase& database) : database_(database) {}

  /// Gives the key's text, which is kept nowhere.
  std::string add(const ApiKey& key);
  std::optional<ApiKey> find(std::int64_t id);
  std::vector<ApiKey> all();  ///< the newest first
  /// The key in force that has this text, with its use noted.
  std::optional<ApiKey> use(const std::string& text, sync::Time now);
  /// What has ended stays so. False where there is no such key, or it has ended.
  bool end(std::int64_t id, sync::Time now);
  void end_all(sync::Time now);

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
