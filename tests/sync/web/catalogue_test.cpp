#include "sync/web/catalogue.h"

#include <catch2/catch.hpp>

#include "tests/sync/web/files.h"

using namespace zimnik::web;

TEST_CASE(
    "a text is Russian as it stands, English from the catalogue, itself where that lacks it") {
  const Catalogue catalogue(test::files());
  CHECK(catalogue.languages() == std::vector<std::string>{"en", "ru"});
  CHECK(catalogue.translator("ru")("Здравствуйте") == "Здравствуйте");
  CHECK(catalogue.translator("en")("Здравствуйте") == "Hello");
  CHECK(catalogue.translator("en")("без перевода") == "без перевода");
  CHECK(catalogue.translator("en")("").empty());
  CHECK(catalogue.translator("xx").language() == "ru");
}

TEST_CASE("a browser gets the first of its languages that there is, else Russian") {
  const Catalogue catalogue(test::files());
  CHECK(catalogue.preferred("de-DE, en-GB;q=0.8, ru;q=0.5") == "en");
  CHECK(catalogue.preferred("ru-RU,en") == "ru");
  CHECK(catalogue.preferred("de") == "ru");
  CHECK(catalogue.preferred(",;,  ;q=1,") == "ru");
  CHECK(catalogue.preferred("") == "ru");
}
