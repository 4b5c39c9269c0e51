#include "schema/read/messages.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/ids.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace test;

const std::int64_t kFirst = make_id(kYear, 1);

struct Correspondence {
  Node node = school_node();
  Correspondence() {
    node.save([](sync::Command& run) { add_guardian(run, kMother, kIvanov, "мать"); });
  }
  void write(std::int64_t id, std::int64_t thread, const char* text, std::int64_t author,
             std::int64_t minute) {
    node.save([&](sync::Command& run) {
      add_message(run, id, {kIvanov, thread, text, author, sync::Time{minute * 60'000}});
    });
  }
};

TEST_CASE_METHOD(Correspondence, "threads with the latest word come first, each from its first") {
  write(kFirst + 1, 0, "Собрание в пятницу", kTeacher, 1);
  write(kFirst + 2, 0, "Нужна сменная обувь", kTeacher, 2);
  write(kFirst + 3, kFirst + 1, "Придём", kMother, 3);
  const auto threads = message_threads(node->database(), kIvanov, kYear, 10);
  REQUIRE(threads.size() == 2);
  CHECK(threads[0].id == kFirst + 1);
  REQUIRE(threads[0].messages.size() == 2);
  CHECK(threads[0].messages[0].text == "Собрание в пятницу");
  CHECK(threads[0].messages[1].text == "Придём");
  CHECK(threads[0].messages[1].sent_at == sync::Time{180'000});
  CHECK(threads[1].messages.size() == 1);
  CHECK(message_threads(node->database(), kIvanov, kYear, 1).size() == 1);
  CHECK(message_threads(node->database(), kPetrova, kYear, 10).empty());
}

TEST_CASE_METHOD(Correspondence,
                 "a thread waits for an answer while the family has the last word") {
  const auto waiting = [&] {
    return unanswered_threads(node->database(), kClassA, day("2025-09-08")).size();
  };
  write(kFirst + 1, 0, "Собрание в пятницу", kTeacher, 1);
  CHECK(waiting() == 0);
  write(kFirst + 2, kFirst + 1, "Во сколько?", kMother, 2);
  REQUIRE(waiting() == 1);
  const auto thread = unanswered_threads(node->database(), kClassA, day("2025-09-08")).front();
  CHECK(thread.pupil == kIvanov);
  CHECK(thread.last.text == "Во сколько?");
  CHECK(thread.last.is_of_family);
  write(kFirst + 3, kFirst + 1, "В шесть", kTeacher, 3);
  CHECK(waiting() == 0);
}

TEST_CASE_METHOD(Correspondence,
                 "a teacher who is the pupil's mother is of the family in its threads") {
  node.save([](sync::Command& run) { add_guardian(run, kTeacher, kIvanov, "мать"); });
  write(kFirst + 1, 0, "Собрание в пятницу", kClassTeacher, 1);
  write(kFirst + 2, kFirst + 1, "Приду", kTeacher, 2);
  CHECK(unanswered_threads(node->database(), kClassA, day("2025-09-08")).size() == 1);
}

TEST_CASE("a thread is of one pupil") {
  auto node = school_node();
  node.save([](sync::Command& run) {
    add_message(run, kFirst + 1, {kIvanov, 0, "Здравствуйте", kTeacher, sync::Time{1}});
  });
  CHECK_FALSE(refusal(node, [](sync::Command& run) {
                add_message(run, kFirst + 2, {kPetrova, kFirst + 1, "Да", kTeacher, sync::Time{2}});
              }).empty());
}

}  // namespace
}  // namespace zimnik::journal
