#include "schema/read/messages.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace test;

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
  write(5001, 0, "Собрание в пятницу", kTeacher, 1);
  write(5002, 0, "Нужна сменная обувь", kTeacher, 2);
  write(5003, 5001, "Придём", kMother, 3);
  const auto threads = message_threads(node->database(), kIvanov, 10);
  REQUIRE(threads.size() == 2);
  CHECK(threads[0].id == 5001);
  REQUIRE(threads[0].messages.size() == 2);
  CHECK(threads[0].messages[0].text == "Собрание в пятницу");
  CHECK(threads[0].messages[1].text == "Придём");
  CHECK(threads[0].messages[1].sent_at == sync::Time{180'000});
  CHECK(threads[1].messages.size() == 1);
  CHECK(message_threads(node->database(), kIvanov, 1).size() == 1);
  CHECK(message_threads(node->database(), kPetrova, 10).empty());
}

TEST_CASE_METHOD(Correspondence,
                 "a thread waits for an answer while the family has the last word") {
  const auto waiting = [&] {
    return unanswered_threads(node->database(), kClassA, day("2025-09-08")).size();
  };
  write(5001, 0, "Собрание в пятницу", kTeacher, 1);
  CHECK(waiting() == 0);
  write(5002, 5001, "Во сколько?", kMother, 2);
  REQUIRE(waiting() == 1);
  const auto thread = unanswered_threads(node->database(), kClassA, day("2025-09-08")).front();
  CHECK(thread.pupil == kIvanov);
  CHECK(thread.last.text == "Во сколько?");
  CHECK(thread.last.is_of_family);
  write(5003, 5001, "В шесть", kTeacher, 3);
  CHECK(waiting() == 0);
}

TEST_CASE_METHOD(Correspondence,
                 "a teacher who is the pupil's mother is of the family in its threads") {
  node.save([](sync::Command& run) { add_guardian(run, kTeacher, kIvanov, "мать"); });
  write(5001, 0, "Собрание в пятницу", kClassTeacher, 1);
  write(5002, 5001, "Приду", kTeacher, 2);
  CHECK(unanswered_threads(node->database(), kClassA, day("2025-09-08")).size() == 1);
}

TEST_CASE("a thread is of one pupil") {
  auto node = school_node();
  node.save([](sync::Command& run) {
    add_message(run, 5001, {kIvanov, 0, "Здравствуйте", kTeacher, sync::Time{1}});
  });
  CHECK_FALSE(refusal(node, [](sync::Command& run) {
                add_message(run, 5002, {kPetrova, 5001, "Да", kTeacher, sync::Time{2}});
              }).empty());
}

}  // namespace
}  // namespace zimnik::journal
