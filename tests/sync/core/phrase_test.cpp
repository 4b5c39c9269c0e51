#include "sync/core/phrase.h"

#include <catch2/catch.hpp>

namespace zimnik::sync::test {

TEST_CASE("a phrase has its arguments in their places, in any order and as often as it likes") {
  CHECK(Phrase{"Период с {1} по {2} закрыт", {"a", "b"}}.text() == "Период с a по b закрыт");
  CHECK(Phrase{"{2}{1}{2}", {"a", "b"}}.text() == "bab");
  CHECK(Phrase{"без мест"}.text() == "без мест");
}

TEST_CASE("an argument that looks like a place isn't filled, a place without an argument stays") {
  CHECK(Phrase{"{1} {2}", {"{2}", "b"}}.text() == "{2} b");
  CHECK(Phrase{"{3} {x} { {1", {"a"}}.text() == "{3} {x} { {1");
}

}  // namespace zimnik::sync::test
