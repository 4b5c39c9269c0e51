// Every text of the hub's pages has an English one.
#include "tests/texts.h"

#include <catch2/catch.hpp>

#include "hub/files.h"
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
  for (const auto& text : texts) {
    INFO(text);
    CHECK(english(text) != text);
    CHECK_FALSE(is_russian(english(text)));
  }
}

}  // namespace zimnik::hub::test
