#include "schema/commands/personal_file.h"

#include <catch2/catch.hpp>

#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;

TEST_CASE("a SNILS is eleven digits whose check sum holds") {
  CHECK(snils_from("11223344595") == "112-233-445 95");
  CHECK(snils_from("112-233-445 95") == "112-233-445 95");
  for (const auto* text : {"", "112-233-445 96", "1122334459", "112233445955", "1122334459x"}) {
    CHECK_FALSE(snils_from(text));
  }
}

TEST_CASE("a pupil's file is written whole, and refused where it doesn't hold") {
  auto node = school_node();
  node.save([](sync::Command& run) { set_personal_file(run, kIvanov, {"м", "И-1", ""}); });
  CHECK(node.read("SELECT pupil, gender, file_number, snils FROM personal_file") == "21,м,И-1,-");
  CHECK(refusal(node, [](sync::Command& run) {
          set_personal_file(run, kIvanov, {"x", "", ""});
        }) == "Пол: «м» или «ж»");
  CHECK_FALSE(refusal(node, [](sync::Command& run) {
                set_personal_file(run, kIvanov, {"", "", "123"});
              }).empty());
  CHECK(refusal(node, [](sync::Command& run) { set_personal_file(run, 4242, {}); }) ==
        "Нет такого человека");
}

}  // namespace
}  // namespace zimnik::journal
