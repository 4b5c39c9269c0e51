#include "hub/delivery/changes.h"

#include <catch2/catch.hpp>

#include "hub/delivery/places.h"

namespace zimnik::hub::test {

using Changes = std::vector<Change>;

TEST_CASE("what is new is told, what is known isn't told again") {
  CHECK(changes_between({}, {{"a", {"н"}}}) == Changes{{"a", "н", "", false}});
  CHECK(changes_between({{"a", {"н", true}}}, {{"a", {"н"}}}).empty());
  CHECK(changes_between({{"a", {"н", false}}}, {{"a", {"н"}}}).empty());
}

TEST_CASE("what was told and is gone is taken back once, and told again where it comes back") {
  CHECK(changes_between({{"a", {"н", true}}}, {}) == Changes{{"a", "", "н", false}});
  CHECK(changes_between({{"a", {"", true}}}, {}).empty());
  CHECK(changes_between({{"a", {"", true}}}, {{"a", {"н"}}}) == Changes{{"a", "н", "", false}});
}

TEST_CASE("what nobody was told of is taken back in silence") {
  CHECK(changes_between({{"a", {"н", false}}}, {}) == Changes{{"a", "", "", true}});
}

TEST_CASE("a changed value is told with the former one only where that was told") {
  CHECK(changes_between({{"a", {"3", true}}}, {{"a", {"5"}}}) == Changes{{"a", "5", "3", false}});
  CHECK(changes_between({{"a", {"3", false}}}, {{"a", {"5"}}}) == Changes{{"a", "5", "", false}});
}

TEST_CASE("a quiet place isn't told where it is new, nor taken back where it was told") {
  CHECK(changes_between({}, {{"a", {"н", true}}}).empty());
  CHECK(changes_between({{"a", {"н", true}}}, {{"a", {"н", true}}}).empty());
}

TEST_CASE("places sort by day, and read as what they are of") {
  const journal::LessonKey lesson{901, journal::Date::from(2026, 11, 23).value(), 2};
  CHECK(place_of(lesson) == "2026-11-23/901/2");
  CHECK(lesson_at("2026-11-23/901/2") == lesson);
  const journal::MarkKey mark{lesson, 21, 3, 4};
  CHECK(place_of(mark) == "2026-11-23/901/2/3/4");
  CHECK(mark_at("2026-11-23/901/2/3/4", 21) == mark);
  CHECK(lesson_at("2026-11-23/901/2/3/4") == lesson);
  for (const char* text : {"", "2026-11-23", "2026-11-23/901", "2026-11-31/901/2", "2026-11-23/x/2",
                           "2026-11-23/901/2/", "2026-11-23/901/2/3", "2026-11-23 901/2"}) {
    INFO(text);
    CHECK_FALSE(lesson_at(text));
  }
}

}  // namespace zimnik::hub::test
