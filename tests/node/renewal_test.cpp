// A node's certificate is renewed by a hub that serves, over sockets. The hub's clock is moved: a
// certificate that it issued long ago is old by the clock of this machine.
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <mutex>
#include <sstream>
#include <thread>

#include "hub/command_line.h"
#include "hub/hub.h"
#include "hub/serve.h"
#include "node/commands/commands.h"
#include "node/sync_agent.h"
#include "sync/net/enrolment_client.h"
#include "tests/sync/net/folder.h"

namespace zimnik::node::test {
namespace {

using namespace std::chrono_literals;
using End = net::ExchangeReport::End;

constexpr std::int64_t kDay = 24LL * 3600 * 1000;
constexpr std::int64_t kLife = 2 * 365;  // days of a certificate

/// A hub at work, and a node that it enrolled so many days ago.
class OldNode {
 public:
  explicit OldNode(std::int64_t days_ago)
      : shift_(-days_ago * kDay), node_folder_{folder_.file("node")} {
    const hub::DataFolder data{folder_.file("hub")};
    hub::Hub::make(data, "region", hub_time());
    hub_ = std::make_unique<hub::Hub>(data, [this] { return hub_time(); });
    serving_ = std::make_unique<hub::Serving>(
        *hub_, hub::ServeOptions{"127.0.0.1:0", "127.0.0.1:0"}, [](const std::string&) {});
    school_ = run({"school", "add", "school"});
    make_site(node_folder_);
    enroll(node_folder_, "https://127.0.0.1:" + std::to_string(serving_->sync_port()),
           run({"token", school_}), "node");
    shift_ = 0;
    node_ = std::make_unique<SchoolNode>(node_folder_);
  }

  SchoolNode& operator*() { return *node_; }
  SchoolNode* operator->() { return node_.get(); }
  std::string run(std::vector<std::string> arguments) {
    auto output = hub::run_command(*hub_, {std::move(arguments), ""}).output;
    return output.substr(0, output.find('\n'));
  }
  const std::string& school() const { return school_; }
  std::string certificate() const { return node_->configuration().enrolment.certificate_pem; }
  std::string certificate_in_file() const {
    return Configuration::load(node_folder_)->enrolment.certificate_pem;
  }
  std::string status() {
    std::ostringstream out;
    show_status(*node_, out);
    return out.str();
  }
  net::ExchangeReport exchange() { return node_->exchange(*node_->hub_client()); }

 private:
  sync::Time hub_time() const { return {system_time().ms + shift_}; }

  std::atomic<std::int64_t> shift_;
  net::test::Folder folder_;
  DataFolder node_folder_;
  std::unique_ptr<hub::Hub> hub_;
  std::unique_ptr<hub::Serving> serving_;
  std::string school_;
  std::unique_ptr<SchoolNode> node_;
};

/// Lines of a log, from whichever thread.
class Lines {
 public:
  void add(const std::string& line) {
    const std::lock_guard lock(mutex_);
    text_ += line + "\n";
  }
  bool has(const std::string& part) {
    const std::lock_guard lock(mutex_);
    return text_.find(part) != std::string::npos;
  }

 private:
  std::mutex mutex_;
  std::string text_;
};

bool comes_true(const std::function<bool()>& is_so) {
  const auto until = std::chrono::steady_clock::now() + 60s;
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(20ms);
  }
  return true;
}

}  // namespace

TEST_CASE("a certificate of whose life less than a third is left is renewed, and kept") {
  OldNode node(kLife - 100);
  const auto old = node.certificate();
  CHECK(node.status().find("сертификат узла: осталось дней: 99\n") != std::string::npos);
  Lines log;
  {
    const SyncAgent agent(*node, [&](const std::string& line) { log.add(line); });
    CHECK(comes_true([&] { return node.certificate() != old; }));
    CHECK(comes_true([&] { return log.has("сертификат узла обновлён"); }));
  }
  CHECK(node.certificate_in_file() == node.certificate());
  CHECK(node.status().find("сертификат узла: осталось дней: 729\n") != std::string::npos);
  CHECK(node.exchange().end == End::in_step);
}

TEST_CASE("a certificate that has expired is renewed, and the exchange goes on") {
  OldNode node(kLife + 50);
  CHECK(node.status().find("сертификат узла: истёк, дней назад: 50\n") != std::string::npos);
  CHECK(node.exchange().end == End::tls);
  const SyncAgent agent(*node, [](const std::string&) {});
  CHECK(comes_true([&] { return node->state().reached().at.ms > 0; }));
  CHECK(node.status().find("осталось дней: 729") != std::string::npos);
}

TEST_CASE("the command does what the agent does") {
  OldNode node(kLife + 50);
  std::ostringstream out;
  CHECK(sync_now(*node, out) == 0);
  CHECK(out.str().find("сертификат узла обновлён\n") != std::string::npos);
  CHECK(out.str().find("обмен окончен") != std::string::npos);
}

TEST_CASE("a certificate that has time isn't renewed, and none twice within the hour") {
  const auto unheard = [](const std::string&) {};
  OldNode fresh(kLife / 2);
  const auto certificate = fresh.certificate();
  CHECK_FALSE(fresh->renew_where_due(fresh.exchange(), unheard));
  CHECK(fresh.certificate() == certificate);

  OldNode old(kLife - 100);
  const auto report = old.exchange();
  REQUIRE(report.end == End::in_step);
  CHECK(old->renew_where_due(report, unheard));
  net::ExchangeReport refused;
  refused.end = End::tls;
  CHECK_FALSE(old->renew_where_due(refused, unheard));
  CHECK(old.exchange().end == End::in_step);
}

TEST_CASE("a node that was revoked gets no new certificate, and is told so") {
  OldNode node(kLife + 50);
  const auto old = node.certificate();
  node.run({"revoke", node.school(), node->self().id().hex(), "--reason", "украден"});
  Lines log;
  const SyncAgent agent(*node, [&](const std::string& line) { log.add(line); });
  CHECK(comes_true([&] {
    return log.has("сертификат узла не обновлён: this site isn't known here, or was revoked");
  }));
  CHECK(node.certificate() == old);
  CHECK(node.certificate_in_file() == old);
}

}  // namespace zimnik::node::test
