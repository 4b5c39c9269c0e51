#include "hub/watch/metrics.h"

#include <catch2/catch.hpp>
#include <limits>

#include "hub/watch/instruments.h"

namespace zimnik::hub::test {

TEST_CASE("a family is its help, its type and a line for each sample") {
  const MetricFamily family{"zimnik_hub_things_total",
                            "Things.",
                            MetricFamily::Kind::counter,
                            {{{{"kind", "a"}, {"of", "b"}}, 3}, {{}, 0.5}}};
  CHECK(metrics_text({family}) ==
        "# HELP zimnik_hub_things_total Things.\n"
        "# TYPE zimnik_hub_things_total counter\n"
        "zimnik_hub_things_total{kind=\"a\",of=\"b\"} 3\n"
        "zimnik_hub_things_total 0.5\n");
  CHECK(metrics_text({{"zimnik_hub_nothing", "Nothing."}}).empty());
}

TEST_CASE("what would end a label or a line early is escaped") {
  const MetricFamily family{
      "x", "A\\B\nC \"D\"", MetricFamily::Kind::gauge, {{{{"name", "\"Школа\" \\ 1\n2"}}, 1}}};
  CHECK(metrics_text({family}) ==
        "# HELP x A\\\\B\\nC \"D\"\n# TYPE x gauge\n"
        "x{name=\"\\\"Школа\\\" \\\\ 1\\n2\"} 1\n");
}

TEST_CASE("numbers lose nothing on their way through the text") {
  CHECK(metric_number(1e15 + 1) == "1000000000000001");
  CHECK(metric_number(0.1) == "0.1");
  CHECK(metric_number(std::numeric_limits<double>::infinity()) == "+Inf");
  CHECK(metric_number(-std::numeric_limits<double>::infinity()) == "-Inf");
  CHECK(metric_number(std::numeric_limits<double>::quiet_NaN()) == "NaN");
}

TEST_CASE("a histogram's buckets hold all that is at most their bound") {
  Histogram histogram("h", "H.", {1, 2});
  for (const double value : {0.5, 1.0, 1.5, 7.0}) histogram.observe({{"of", "a"}}, value);
  CHECK(metrics_text({histogram.family()}) ==
        "# HELP h H.\n# TYPE h histogram\n"
        "h_bucket{of=\"a\",le=\"1\"} 2\n"
        "h_bucket{of=\"a\",le=\"2\"} 3\n"
        "h_bucket{of=\"a\",le=\"+Inf\"} 4\n"
        "h_sum{of=\"a\"} 10\n"
        "h_count{of=\"a\"} 4\n");
}

TEST_CASE("a counter has a number for each combination of labels that it met") {
  Counter counter("c_total", "C.");
  CHECK(counter.family().samples.empty());
  counter.add({{"of", "a"}});
  counter.add({{"of", "a"}}, 2);
  counter.add({{"of", "b"}});
  const auto family = counter.family();
  REQUIRE(family.samples.size() == 2);
  CHECK(family.samples[0].value == 3);
  CHECK(family.samples[1].value == 1);
}

}  // namespace zimnik::hub::test
