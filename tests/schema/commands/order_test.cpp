#include "schema/commands/order.h"

#include <catch2/catch.hpp>

#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

const OrderPaper kOrder{" 17-о ", Date::from(2025, 9, 1).value(), "О классном руководстве"};

TEST_CASE("an order is written once, and may be corrected") {
  auto node = school_node();
  node.save([](Command& run) { add_order(run, 51, kOrder); });
  CHECK(node.read("SELECT number || ' ' || date FROM school_order") == "17-о 2025-09-01");
  CHECK(refusal(node, [](Command& run) { add_order(run, 52, kOrder); }) ==
        "Приказ 17-о от 01.09.2025 уже записан");
  node.save([](Command& run) { correct_order(run, 51, {"17-о", kOrder.date, "О нагрузке"}); });
  CHECK(node.read("SELECT title FROM school_order") == "О нагрузке");
  CHECK(refusal(node, [](Command& run) { correct_order(run, 99, kOrder); }) ==
        "Такого приказа нет");
}

TEST_CASE("what was done by a known order makes no second one") {
  auto node = school_node();
  node.save([](Command& run) {
    add_order(run, 51, kOrder);
    note_order(run, 52, {"17-о", kOrder.date, "О переводе"});
    note_order(run, 53, {"17-о", kOrder.date.plus(1), "О переводе"});
  });
  CHECK(node.read("SELECT count(*) FROM school_order") == "2");
  CHECK(node.read("SELECT title FROM school_order WHERE id = 51") == "О классном руководстве");
}

TEST_CASE("an order has a number and says what it is about") {
  auto node = school_node();
  CHECK(refusal(node, [](Command& run) {
          add_order(run, 51, {" ", kOrder.date, "О нагрузке"});
        }) == "Номер приказа: не заполнено");
  CHECK(refusal(node, [](Command& run) {
          add_order(run, 51, {"1", kOrder.date, ""});
        }) == "О чём приказ: не заполнено");
}

TEST_CASE("a duty lasts until its last day, and keeps its order") {
  auto node = school_node();
  const auto since = day("2025-09-01");
  node.save([&](Command& run) {
    assign_duty(run, "Ведение журнала", kDeputy, since, {}, "17-о");
    end_duty(run, "Ведение журнала", kDeputy, since, day("2025-12-30"));
  });
  CHECK(node.read("SELECT until || ' ' || order_number FROM responsibility") == "2025-12-30 17-о");
  CHECK(refusal(node, [&](Command& run) {
          end_duty(run, "Ведение журнала", kDeputy, since, since.plus(-1));
        }) == "Срок: последний день раньше первого");
  CHECK(refusal(node, [&](Command& run) {
          end_duty(run, "Ведение журнала", kTeacher, since, since);
        }) == "Такой обязанности у этого человека нет");
  CHECK(refusal(node, [&](Command& run) { assign_duty(run, "Сайт", kDeputy, since, {}, ""); }) ==
        "Номер приказа: не заполнено");
}

}  // namespace
}  // namespace zimnik::journal
