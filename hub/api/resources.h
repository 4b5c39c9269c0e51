// What the API gives of a school, as tables: each resource is a query over the school's journal and
// a list of fields. The one place where it is said what goes out, and with which scope;
// openapi.json documents it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "hub/api/key_store.h"
#include "schema/dates.h"
#include "sync/store/database.h"

namespace zimnik::hub {

struct ApiField {
  enum class Kind : std::uint8_t {
    plain,  ///< an integer or a text, as it stands in the table
    flag,   ///< 0 and 1 as false and true
    words,  ///< words with commas between, as a list
    name    ///< a plain one of a person's name: with ApiScope::names alone
  };
  const char* name;
  const char* sql;
  Kind kind = Kind::plain;
};

/// What a request says beside its page.
enum class ApiSpan : std::uint8_t {
  none,
  year,  ///< a school year: by default the one at work
  days   ///< from … to, both needed
};

/// In the queries ?1 and ?2 are the span's days, ?3 is its year, ?4 is today.
struct ApiResource {
  const char* name;  ///< in the path
  ApiScope scope;
  ApiSpan span;
  const char* from;  ///< tables
  const char* where;
  std::span<const char* const> key;  ///< expressions that order the rows, each row with its own
  std::span<const ApiField> fields;
  /// The person whom a row is about, for the access log; null where it is about none.
  const char* person = nullptr;
  /// Rows of pupils whose families haven't agreed, or refused, stay here.
  bool is_of_family = false;
  /// Each row says in `journal_is_shared` whether its pupil's journal goes out.
  bool says_is_shared = false;
};
std::span<const ApiResource> api_resources();

/// A request for rows.
struct ApiQuery {
  static constexpr int kMostDays = 400;
  static constexpr std::int64_t kUsualRows = 200, kMostRows = 500;

  journal::Date from, to, today;
  int year = 0;
  std::int64_t rows = kUsualRows;
  std::vector<sync::Value>
      after{};  ///< the key of the last row that was had; empty: from the first
  bool has_names = false;
};

struct ApiPage {
  std::string items = "[]";             ///< JSON
  std::vector<sync::Value> last{};      ///< to go on after; empty where that is all
  std::vector<std::int64_t> persons{};  ///< whom it is about, each once
};
/// A page may have fewer rows than were asked for, and more follow all the same: those that stay
/// here are left out.
ApiPage read_page(sync::Database& database, const ApiResource& resource, const ApiQuery& query);

}  // namespace zimnik::hub
