// The region's server is restored from a backup: another site at the address that the node knows.
#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>

#include "hub/backup.h"
#include "hub/command_line.h"
#include "hub/restore.h"
#include "hub/serve.h"
#include "node/commands/commands.h"
#include "tests/sync/net/folder.h"

namespace zimnik::node::test {
namespace {

using End = net::ExchangeReport::End;

/// A hub at work on a port that stays, with a node.
class Region {
 public:
  Region() {
    hub::Hub::make(data("hub"), "region", system_time());
    serve("hub", "127.0.0.1:0");
    address_ = "127.0.0.1:" + std::to_string(serving_->sync_port());
    const auto school = run({"school", "add", "school"});
    make_site(node_folder_);
    enroll(node_folder_, "https://" + address_, run({"token", school, "--name", "node"}), "node");
    node_ = std::make_unique<SchoolNode>(node_folder_);
  }

  SchoolNode& node() { return *node_; }
  hub::Hub& hub() { return *hub_; }
  std::string run(std::vector<std::string> arguments) {
    auto output = hub::run_command(*hub_, {std::move(arguments), ""}).output;
    return output.substr(0, output.find('\n'));
  }
  void back_up() {
    std::ostringstream out;
    hub::back_up(*hub_, folder_.file("copy"), out);
  }
  /// The hub is gone, and its address another's, which is restored from the backup.
  void restore() {
    std::ostringstream out;
    hub::restore(data("restored"), {folder_.file("copy"), data("hub").authority()}, "",
                 system_time(), out);
    serve("restored", address_);
  }
  /// The earlier one is back, from a copy of its folder say.
  void bring_back() { serve("hub", address_); }
  net::ExchangeReport exchange() { return node_->exchange(*node_->hub_client()); }
  std::string sync_now() {
    std::ostringstream out;
    node::sync_now(*node_, out);
    return out.str();
  }
  std::string status() {
    std::ostringstream out;
    show_status(*node_, out);
    return out.str();
  }
  sync::SiteId hub_in_file() const { return Configuration::load(node_folder_)->hub_site(); }
  bool follows(const net::ExchangeReport& report) {
    return node_->follow_hub(report, [&](const std::string& line) { told_ += line; });
  }
  const std::string& told() const { return told_; }

 private:
  hub::DataFolder data(const std::string& name) const { return {folder_.file(name)}; }
  void serve(const std::string& name, const std::string& address) {
    serving_.reset();
    hub_.reset();
    hub_ = std::make_unique<hub::Hub>(data(name));
    serving_ = std::make_unique<hub::Serving>(*hub_, hub::ServeOptions{address, "127.0.0.1:0"},
                                              [](const std::string&) {});
  }

  net::test::Folder folder_;
  DataFolder node_folder_{folder_.file("node")};
  std::unique_ptr<hub::Hub> hub_;
  std::unique_ptr<hub::Serving> serving_;
  std::string address_, told_;
  std::unique_ptr<SchoolNode> node_;
};

}  // namespace

TEST_CASE_METHOD(Region, "a node goes on with a restored hub, and keeps that in its file") {
  REQUIRE(exchange().end == End::in_step);
  back_up();
  const auto before = hub().self().id();
  restore();
  REQUIRE(hub().self().id() != before);
  CHECK_THAT(sync_now(), Catch::Contains("сервер округа восстановлен из копии") &&
                             Catch::Contains("обмен окончен"));
  CHECK(hub_in_file() == hub().self().id());
  CHECK_THAT(status(), Catch::Contains("округ " + before.hex() + ", прежний, отозван") &&
                           Catch::Contains("все в ногу: да"));
}

TEST_CASE_METHOD(Region, "what the earlier hub had doesn't count as safe with a restored one") {
  REQUIRE(exchange().end == End::in_step);
  REQUIRE(node().state().reached().at.ms > 0);
  back_up();
  restore();
  REQUIRE(follows(exchange()));
  CHECK(node().state().reached().at.ms == 0);
  CHECK(node().state().reached().at.ms == 0);
}

TEST_CASE_METHOD(Region, "the earlier hub isn't followed back") {
  back_up();
  restore();
  sync_now();
  const auto restored = hub().self().id();
  REQUIRE(hub_in_file() == restored);
  bring_back();
  const auto report = exchange();
  CHECK(report.end == End::tls);
  CHECK_FALSE(follows(report));
  CHECK_THAT(told(), Catch::Contains("отозванный сервер"));
  CHECK(hub_in_file() == restored);
}

TEST_CASE_METHOD(Region, "nobody is followed while the hub answers, or nobody does") {
  const auto before = hub().self().id();
  CHECK_FALSE(follows(exchange()));
  net::ExchangeReport report;
  report.end = End::tls;
  CHECK_FALSE(follows(report));
  report.end = End::unreachable;
  CHECK_FALSE(follows(report));
  CHECK(hub_in_file() == before);
  CHECK(told().empty());
}

}  // namespace zimnik::node::test
