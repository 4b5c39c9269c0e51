// Every text of the hub's pages has an English one.
#include "tests/texts.h"

#include <catch2/catch.hpp>

#include "hub/files.h"
#include "hub/school_status.h"
#include "schema/tables.h"
#include "sync/web/catalogue.h"

namespace zimnik::hub::test {

using namespace zimnik::test;

TEST_CASE("each text in a template and in the pages' code has an English one") {
  const web::Catalogue catalogue(files());
  const auto& english = catalogue.translator("en");
  auto texts = texts_in_templates(files());
  CHECK(texts.size() > 30);
  const auto in_code = texts_in_code({"hub/web", "hub/console", "schema/diary"});
  CHECK(in_code.size() > 20);
  texts.insert(in_code.begin(), in_code.end());
  const auto refusals =
      refusals_in_code({"hub/deeds.cpp", "hub/token_deeds.cpp", "hub/api/key_deeds.cpp"});
  CHECK(refusals.size() > 25);
  texts.insert(refusals.begin(), refusals.end());
  for (const auto& text : texts) {
    INFO(text);
    CHECK(english(text) != text);
    CHECK_FALSE(is_russian(english(text)));
  }
}

TEST_CASE("why a site isn't in step is told in English too") {
  const web::Catalogue catalogue(files());
  SiteStatus never, even;
  even.has_met = true;
  even.schema = journal::journal_schema().version;
  auto behind = even, unknown = even, old = even;
  behind.lacking = 3;
  unknown.schema.reset();
  old.schema = 1;
  CHECK_FALSE(even.lag());
  for (const auto& site : {never, behind, unknown, old}) {
    REQUIRE(site.lag());
    INFO(site.lag()->text());
    CHECK(is_russian(site.lag()->text()));
    CHECK_FALSE(is_russian(catalogue.translator("en")(*site.lag())));
  }
}

}  // namespace zimnik::hub::test
