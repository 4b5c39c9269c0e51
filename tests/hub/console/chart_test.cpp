#include "hub/console/chart.h"

#include <catch2/catch.hpp>

namespace zimnik::hub::test {

TEST_CASE("the largest value is as high as the chart, a half half as high") {
  const auto chart = column_chart("Дни", {{"01.09", 4, "4"}, {"02.09", 2, "2"}});
  CHECK(chart.find("height=\"140\"") != std::string::npos);
  CHECK(chart.find("height=\"70\"") != std::string::npos);
  CHECK(chart.find(">02.09</text>") != std::string::npos);
  CHECK(chart.find("aria-label=\"Дни\"") != std::string::npos);
}

TEST_CASE("a bar's part is drawn over it, and none where there is none") {
  CHECK(column_chart("", {{"", 4, "4", 1}}).find("class=\"part\"") != std::string::npos);
  CHECK(column_chart("", {{"", 4, "4"}}).find("class=\"part\"") == std::string::npos);
}

TEST_CASE("nothing scales texts, and on a phone every other name of fourteen has room") {
  std::vector<Bar> days(14, {"01.09", 7, "7"});
  const auto count = [](const std::string& chart) {
    std::size_t spare = 0;
    for (auto at = chart.find("spare"); at != std::string::npos; at = chart.find("spare", at + 1)) {
      ++spare;
    }
    return spare;
  };
  const auto chart = column_chart("", days);
  CHECK(chart.find("viewBox") == std::string::npos);
  CHECK(bar_chart("", days).find("viewBox") == std::string::npos);
  CHECK(count(chart) == 7);
  days.front().text = "1234";
  CHECK(count(column_chart("", days)) == 14);
  CHECK(count(column_chart("", {{"01.09", 1234, "1234"}})) == 0);
}

TEST_CASE("bars that are all 0 and no bars at all are drawn without a division by 0") {
  CHECK(column_chart("", {{"", 0, "0"}}).find("height=\"0\"") != std::string::npos);
  CHECK(column_chart("", {}).empty());
  CHECK(bar_chart("", {}).empty());
}

TEST_CASE("a name can't end its element") {
  const auto chart = bar_chart("\"><script>", {{"<b>&", 50, "50 %"}}, 100);
  CHECK(chart.find("<script>") == std::string::npos);
  CHECK(chart.find("<p>&lt;b>&amp;</p>") != std::string::npos);
  CHECK(chart.find("width=\"40%\"") != std::string::npos);  // half of all
}

}  // namespace zimnik::hub::test
