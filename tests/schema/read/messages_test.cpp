#include "schema/read/messages.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/ids.h"
#include "schema/limits.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace test;

const std::int64_t kFirst = make_id(kYear, 1);

struct Correspondence {
  Node node = school_node();
  std::int64_t written = 0;
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
  const auto threads = message_page(node->database(), kIvanov, kYear).threads;
  REQUIRE(threads.size() == 2);
  CHECK(threads[0].id == kFirst + 1);
  REQUIRE(threads[0].messages.size() == 2);
  CHECK(threads[0].messages[0].text == "Собрание в пятницу");
  CHECK(threads[0].messages[1].text == "Придём");
  CHECK(threads[0].messages[1].sent_at == sync::Time{180'000});
  CHECK(threads[1].messages.size() == 1);
  CHECK(message_page(node->database(), kPetrova, kYear).threads.empty());
}

TEST_CASE_METHOD(Correspondence, "earlier messages are leafed through, each shown once") {
  for (const std::int64_t minute : {4, 1, 3, 3, 5, 2}) {
    write(kFirst + ++written, 0, "Здравствуйте", kTeacher, minute);
  }
  std::vector<std::int64_t> minutes;
  std::optional<MessagePosition> before;
  do {
    const auto page = message_page(node->database(), kIvanov, kYear, before, 2);
    REQUIRE(page.threads.size() == 2);
    for (const auto& thread : page.threads) {
      minutes.push_back(thread.messages.front().sent_at->ms / 60'000);
    }
    before = page.before;
  } while (before);
  CHECK(minutes == std::vector<std::int64_t>{5, 4, 3, 3, 2, 1});
}

TEST_CASE_METHOD(Correspondence, "what isn't read yet is counted for each side") {
  const auto unread = [&](bool is_read_by_family) {
    return count_unread(node->database(), kIvanov, kYear, is_read_by_family);
  };
  write(kFirst + 1, 0, "Собрание в пятницу", kTeacher, 1);
  write(kFirst + 2, kFirst + 1, "Во сколько?", kMother, 2);
  write(kFirst + 3, kFirst + 1, "И где?", kMother, 3);
  CHECK(unread(true) == 1);
  CHECK(unread(false) == 2);
  // Its own side's reading doesn't count.
  node.save(
      [](sync::Command& run) { note_message_read(run, kFirst + 2, kMother, sync::Time{200'000}); });
  CHECK(unread(false) == 2);
  node.save([](sync::Command& run) {
    note_message_read(run, kFirst + 2, kClassTeacher, sync::Time{200'000});
    note_message_read(run, kFirst + 1, kMother, sync::Time{200'000});
  });
  CHECK(unread(false) == 1);
  CHECK(unread(true) == 0);
}

TEST_CASE_METHOD(Correspondence,
                 "a thread waits for its answer, however much is written after it") {
  write(kFirst + 1, 0, "Когда собрание?", kMother, 1);
  node.save([&](sync::Command& run) {
    for (std::int64_t i = 2; i < 2 + static_cast<std::int64_t>(kMessagesOnPage); ++i) {
      add_message(run, kFirst + i, {kIvanov, 0, "Нужна обувь", kTeacher, sync::Time{i * 60'000}});
    }
  });
  const auto unanswered = unanswered_threads(node->database(), kClassA, day("2025-09-08"));
  REQUIRE(unanswered.size() == 1);
  CHECK(unanswered.front().last.text == "Когда собрание?");
}

TEST_CASE_METHOD(Correspondence, "a family's message is shorter than a school's may be") {
  const std::string text(limits::kFamilyMessageBytes + 1, 'x');
  write(kFirst + 1, 0, text.c_str(), kTeacher, 1);
  CHECK_FALSE(refusal(node, [&](sync::Command& run) {
                add_message(run, kFirst + 2, {kIvanov, 0, text, kMother, sync::Time{2}});
              }).empty());
  write(kFirst + 3, 0, text.substr(1).c_str(), kMother, 3);
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
