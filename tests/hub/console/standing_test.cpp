#include "hub/console/standing.h"

#include <catch2/catch.hpp>

namespace zimnik::hub::test {
namespace {

constexpr std::int64_t kMinuteMs = 60'000, kHourMs = 60 * kMinuteMs, kDayMs = 24 * kHourMs;
constexpr sync::Time kNow{1'764'400'000'000};
sync::Time before(std::int64_t ms) { return {kNow.ms - ms}; }

std::string text(const Figure& figure) { return figure.text.text() + (figure.is_bad ? " !" : ""); }

}  // namespace

TEST_CASE("silence is told in minutes, hours or days, and asks for attention after three days") {
  CHECK(text(ago(before(0), kNow)) == "0 мин");
  CHECK(text(ago(before(59 * kMinuteMs), kNow)) == "59 мин");
  CHECK(text(ago(before(47 * kHourMs), kNow)) == "47 ч");
  CHECK(text(ago(before(3 * kDayMs), kNow)) == "3 сут");
  CHECK(text(ago(before(3 * kDayMs + 1), kNow)) == "3 сут !");
  CHECK(text(ago({}, kNow)) == "никогда !");
  CHECK(text(ago(before(-kHourMs), kNow)) == "0 мин");  // the hub's clock was set back
}

TEST_CASE("a clock is right within a minute, and asks for attention beyond five") {
  CHECK(text(skew_figure({})) == "—");
  CHECK(text(skew_figure(-59'000)) == "верно");
  CHECK(text(skew_figure(5 * kMinuteMs)) == "+5 мин");
  CHECK(text(skew_figure(-5 * kMinuteMs - 1)) == "−5 мин !");
  CHECK(text(skew_figure(365 * kDayMs)) == "+365 сут !");
}

TEST_CASE("a certificate asks for attention two weeks before its end, and after it") {
  CHECK(text(certificate_figure({}, kNow)) == "—");
  CHECK(text(certificate_figure(before(-14 * kDayMs), kNow)) == "14 сут");
  CHECK(text(certificate_figure(before(-14 * kDayMs + 1), kNow)) == "13 сут !");
  CHECK(text(certificate_figure(before(2 * kDayMs), kNow)) == "-2 сут !");
}

TEST_CASE("a school is as good as the worst of its sites at work") {
  SchoolStatus status;
  SiteStatus good, bad;
  good.exchange = good.complete = status.exchange = kNow;
  good.schema = 3;
  good.seen = {{before(-700 * kDayMs)}, 0};
  bad = good;
  bad.schema = 2;
  bad.seen = {{before(-kDayMs)}, -10 * kMinuteMs};
  status.of_sites = {good, bad};
  const auto standing = standing_of(status, 3, kNow);
  CHECK(text(standing.version) == "2 !");
  CHECK(text(standing.skew) == "−10 мин !");
  CHECK(text(standing.certificate) == "1 сут !");
  CHECK(standing.asks_for_attention());
  status.of_sites[1].is_revoked = true;
  CHECK_FALSE(standing_of(status, 3, kNow).asks_for_attention());
  status.forks = 1;
  CHECK(standing_of(status, 3, kNow).asks_for_attention());
}

}  // namespace zimnik::hub::test
