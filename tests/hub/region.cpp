#include "tests/hub/region.h"

#include <stdexcept>

#include "schema/tables.h"
#include "sync/net/site_client.h"

namespace zimnik::hub::test {

RunningHub::RunningHub() : RunningHub(Clock(system_time)) {}

RunningHub::RunningHub(Clock clock)
    : RunningHub([](const DataFolder& data) { Hub::make(data, "Югра", system_time()); },
                 std::move(clock)) {}

RunningHub::RunningHub(const std::function<void(const DataFolder&)>& make, Clock clock)
    : data_{folder_.file("hub")}, clock_(std::move(clock)) {
  make(data_);
  start();
}

void RunningHub::stop() {
  serving_.reset();
  hub_.reset();
}

void RunningHub::start() {
  hub_ = std::make_unique<Hub>(data_, clock_);
  serving_ = std::make_unique<Serving>(
      *hub_, ServeOptions{"127.0.0.1:0", "127.0.0.1:0", "127.0.0.1:0", false, advertised_address},
      [this](const std::string& line) {
        const std::lock_guard lock(mutex_);
        log_.push_back(line);
      });
}

std::vector<std::string> RunningHub::log() {
  const std::lock_guard lock(mutex_);
  return log_;
}

std::string RunningHub::sync_url() const {
  return "https://127.0.0.1:" + std::to_string(serving_->sync_port());
}

web::ControlReply RunningHub::call(std::vector<std::string> arguments) {
  return web::run_guarded([&](const web::ControlCall& call) { return run_command(*hub_, call); },
                          {std::move(arguments), ""});
}

std::string RunningHub::run(std::vector<std::string> arguments) {
  const auto reply = call(std::move(arguments));
  if (reply.exit_code != 0) throw std::runtime_error(reply.errors);
  auto output = reply.output;
  while (!output.empty() && output.back() == '\n') output.pop_back();
  return output;
}

SchoolSite::SchoolSite(const std::string& url, const std::string& token, const std::string& name,
                       const std::optional<sync::SiteId>& former)
    : reply_(net::enrol(url, net::EnrolmentToken::parse(token), secret_, sync::SiteKind::node, name,
                        {}, former)),
      keys_(folder_.file("keys.db")) {
  const auto authority = net::read_certificate(reply_.authority_pem).authority.value();
  const auto school = reply_.record.school;
  replica_ = std::make_unique<sync::Replica>(
      folder_.file("journal.db"), journal::journal_schema(), school, authority,
      sync::Identity{reply_.record, secret_.signing_copy()}, keys_.keyring());
  https_.authority_pem = reply_.authority_pem;
  https_.certificate_pem = reply_.certificate_pem;
  https_.key_pem = secret_.encryption().pem();
  for (const auto& record : reply_.records) {
    replica_->add_site(record);
    if (record.kind == sync::SiteKind::hub) call(url, record);
  }
  replica_->add_keys({keys_.make_school_key()});
}

void SchoolSite::call(const std::string& url, const sync::SiteRecord& hub) {
  https_.server = hub.keys.id();
  client_ = std::make_unique<net::ExchangeClient>(hub.school, secret_, https_,
                                                  net::ExchangePeer{url, hub.keys.id(), true});
}

void SchoolSite::follow(const std::string& url) {
  const auto hub = net::ask_site(url, https_, reply_.record.school);
  replica_->add_site(hub);
  call(url, hub);
}

net::LockedSchool SchoolSite::lock() { return {*replica_, keys_, nullptr}; }

void SchoolSite::write(const std::function<void(sync::Command&)>& command, std::uint16_t rank) {
  const sync::Entry entry{
      {"teacher", "teacher", rank, "node"}, system_time(), {page_, ++entries_}, replica_->seen()};
  replica_->write(entry, command);
}

void SchoolSite::add_person_key(std::int64_t person) {
  replica_->add_keys({keys_.make_person_key(person)});
}

net::ExchangeReport SchoolSite::exchange() {
  return client_->run([this] { return lock(); }, system_time);
}

}  // namespace zimnik::hub::test
