#include "schema/read/acts.h"

#include <catch2/catch.hpp>

#include "schema/commands/act.h"
#include "schema/commands/mark.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using namespace sync;
using Catch::Contains;

std::string moment(Time time) { return "[" + std::to_string(time.ms) + "]"; }

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

void mark(Node& node, int value, const std::string& author) {
  node.save(
      [&](Command& run) {
        enter_mark(run, {kMonday, kIvanov}, {value, {}, {}, "", {}});
      },
      teacher(author));
}

Entry principal(Node& node) { return node.entry(node.page(), {"director", rank::kPrincipal}); }

TEST_CASE(
    "an act's list says what was written over void versions, and what its author didn't know") {
  auto a = school_node(), b = empty_node("b");
  open(a, kMonday);
  exchange(a, b);
  const Time early{a.now.ms + 1};
  mark(a, 5, "stolen");
  const Time moment_of_theft = a.now;
  exchange(a, b);
  b.now = a.now;
  mark(b, 3, "honest");
  // What the thief did elsewhere, as of before the moment, the act's author doesn't hold.
  b.now.ms = early.ms - 1000;
  b.save(
      [&](Command& run) {
        enter_mark(run, {kMonday, kPetrova}, {2, {}, {}, "", {}});
      },
      teacher("stolen"));
  const auto name =
      write_act(*a, principal(a), VoidAccount{"stolen", moment_of_theft, {}}, "Акт 7");
  exchange(a, b);
  const auto at_a = joined(review_lines(*a, name, moment));
  CHECK(at_a == joined(review_lines(*b, name, moment)));
  CHECK_THAT(at_a, Contains("что: отменены записи stolen с " + moment(moment_of_theft)));
  CHECK_THAT(at_a, Contains("основание: Акт 7"));
  CHECK_THAT(at_a, Contains("состояние: в силе"));
  CHECK_THAT(at_a, Contains("написано поверх отменённого: 1\n"
                            "  Отметка: 7А, Алгебра, 01.09.2025, урок 2, Иванов Пётр: 3"));
  CHECK_THAT(at_a, Contains("составителю акта не было известно: 1\n"
                            "  Отметка: 7А, Алгебра, 01.09.2025, урок 2, Петрова Дарья: 2"));
  const auto line = joined(act_lines(*a, moment));
  CHECK_THAT(line, Contains(name.hex() + "\tв силе\t"));
}

TEST_CASE("an act that was undone lists nothing, and says by which") {
  auto a = school_node();
  open(a, kMonday);
  mark(a, 5, "stolen");
  const auto name = write_act(*a, principal(a), VoidAccount{"stolen", {0}, {}}, "Акт 7");
  mark(a, 4, "honest");
  const auto undoing = write_act(*a, principal(a), undo(act_named(*a, name.hex())), "Ошибка");
  const auto lines = joined(review_lines(*a, name, moment));
  CHECK_THAT(lines, Contains("состояние: отменён актом " + undoing.hex()));
  CHECK_THAT(lines, Contains("написано поверх отменённого: 0"));
  CHECK_THAT(joined(act_lines(*a, moment)), Contains("\tотменён акт " + name.hex() + "\tОшибка"));
  CHECK_THROWS(review_lines(*a, a->acts()[0].name == name ? Hash() : name, moment));
}

TEST_CASE("what sites and persons an act is about is named") {
  auto a = school_node(), b = empty_node("b");
  exchange(a, b);
  write_act(*a, principal(a), VoidSite{b.id(), 4, 2}, "Украден");
  write_act(*a, principal(a), Forget{kIvanov}, "Срок");
  const auto lines = joined(act_lines(*a, moment));
  CHECK_THAT(lines, Contains("отозван узел " + b.id().hex() +
                             ": не действуют записи с 4 (общие), с 2 (школьные)"));
  CHECK_THAT(lines, Contains("удалены персональные данные человека 21"));
}

}  // namespace
}  // namespace zimnik::journal
