// What each release declared stays declared: old files and old sites hold it for ever.
#include "tests/schema/released.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "schema/tables.h"

namespace zimnik::journal::test {

TEST_CASE("the present version of the schema is the one that is written down") {
  CHECK(declaration(journal_schema()) == released(journal_schema().version));
}

TEST_CASE("nothing that an older version of the schema declared has changed or gone") {
  const auto present = "\n" + declaration(journal_schema());
  for (std::uint32_t version = 1; version < journal_schema().version; ++version) {
    std::istringstream lines(released(version));
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      INFO("version " << version << ": " << line);
      CHECK(present.find("\n" + line + "\n") != std::string::npos);
    }
    CHECK(count > 0);
  }
}

TEST_CASE("each version that was released can be had again, without what came after it") {
  for (std::uint32_t version = 1; version <= journal_schema().version; ++version) {
    const auto schema = released_schema(version);
    CHECK(schema.version == version);
    CHECK(declaration(schema) == released(version));
    CHECK_NOTHROW(sync::check(schema));
  }
  CHECK(released_schema(1).find("account_lock") == nullptr);
  CHECK(released_schema(2).find("account_lock") != nullptr);
}

}  // namespace zimnik::journal::test
