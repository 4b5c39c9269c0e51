#include "hub/watch/watch.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>

#include "sync/core/encoding.h"
#include "tests/hub/browser.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

/// What Prometheus' own checker says of the text; empty where it finds nothing.
std::string faults_of(const std::string& metrics) {
  net::test::Folder folder;
  const auto path = folder.file("metrics"), said = folder.file("said");
  std::ofstream(path) << metrics;
  const auto line = std::string(PROMTOOL) + " check metrics < " + path + " > " + said + " 2>&1";
  const int code = std::system(line.c_str());
  std::ifstream file(said);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return code == 0 ? text : "promtool failed: " + text;
}

/// Once the schools are open, or the last that /readyz said.
Page ready(int port) {
  Browser browser(port);
  Page page;
  for (int i = 0; i < 100; ++i) {
    page = browser.get("/readyz");
    if (page.status == 200) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return page;
}

}  // namespace

TEST_CASE("Prometheus finds no fault with the metrics of a region at work") {
  SmallRegion region;
  Browser(region.hub.web_port()).get("/");
  const auto page = Browser(region.hub.console_port()).get("/metrics");
  REQUIRE(page.status == 200);
  CHECK(page.head.find("Content-Type: text/plain; version=0.0.4") != std::string::npos);
  CHECK(faults_of(page.body) == "");
}

TEST_CASE("metrics tell of exchanges, requests and each school's lag") {
  SmallRegion region;
  Browser(region.hub.web_port()).get("/no-such-page");
  const auto text = Browser(region.hub.console_port()).get("/metrics").body;
  INFO(text);
  const auto has = [&](const std::string& line) { return text.find(line) != std::string::npos; };
  CHECK(has("zimnik_hub_exchanges_total{outcome=\"taken\"} "));
  CHECK(has("zimnik_hub_http_requests_total{server=\"web\",code=\"4xx\",method=\"GET\"} 1\n"));
  CHECK(has("zimnik_hub_school_info{school=\"" + region.school +
            "\",name=\"Школа деревни Ясунт\"} 1\n"));
  CHECK(has("zimnik_hub_school_lag_seconds{school=\"" + region.school + "\"} "));
  CHECK(has("zimnik_hub_schools{state=\"open\"} 1\n"));
  CHECK(has("zimnik_hub_exchange_received_bytes_total "));
}

TEST_CASE("nothing of a person is in the metrics, and parents' pages don't have them") {
  SmallRegion region;
  const auto text = Browser(region.hub.console_port()).get("/metrics").body;
  for (const char* name : {"Иванов", "Самбиндалова", "Тарлин", kMotherCode}) {
    CHECK(text.find(name) == std::string::npos);
  }
  CHECK(Browser(region.hub.web_port()).get("/metrics").status == 404);
}

TEST_CASE("a hub whose schools are open is ready, on both ports") {
  SmallRegion region;
  for (const int port : {region.hub.web_port(), region.hub.console_port()}) {
    CHECK(ready(port).body == "ready\n");
    CHECK(Browser(port).get("/healthz").status == 200);
  }
}

TEST_CASE("a school that can't be opened is named by its id, without a reason, and health stays") {
  RunningHub hub;
  const auto school = hub.run({"school", "add", "Школа № 1"});
  hub.stop();
  std::filesystem::resize_file(hub.data().replica(sync::SchoolId::from(*sync::from_hex(school))),
                               0);
  hub.start();
  Browser browser(hub.web_port());
  Page page;
  for (int i = 0; i < 100 && !page.has("can't"); ++i) {
    page = browser.get("/readyz");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(page.status == 503);
  CHECK(page.body == school + " can't be opened\n");
  CHECK(browser.get("/healthz").status == 200);
  CHECK(Browser(hub.console_port()).get("/metrics").has("zimnik_hub_schools{state=\"failed\"} 1"));
}

TEST_CASE("a theme adds figures of its own") {
  RunningHub hub;
  Watch watch(*hub);
  watch.add([] {
    return Watch::Families{
        {"zimnik_hub_waiting_mail", "Mail.", MetricFamily::Kind::gauge, {{{}, 7}}}};
  });
  CHECK(watch.metrics().find("\nzimnik_hub_waiting_mail 7\n") != std::string::npos);
}

}  // namespace zimnik::hub::test
