#include "node/school_node.h"

#include "node/restore.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "node/backup.h"
#include "schema/migration_words.h"
#include "schema/tables.h"
#include "sync/net/enrolment_client.h"

namespace zimnik::node {

namespace {

Configuration configuration_of(const DataFolder& folder) {
  auto configuration = Configuration::load(folder);
  if (!configuration) {
    throw std::runtime_error(folder.path +
                             ": этот узел ещё не включён в округ (zimnik-node enroll)");
  }
  return *configuration;
}

std::unique_ptr<sync::Replica> open_replica(const DataFolder& folder, const net::SiteSecret& self,
                                            const Configuration& configuration, net::KeyStore& keys,
                                            const std::function<void(const std::string&)>& say) {
  const auto facts = net::read_certificate(configuration.enrolment.authority_pem);
  if (!facts.authority) throw std::runtime_error("node.json: the authority has no Ed25519 key");
  auto replica = std::make_unique<sync::Replica>(
      folder.journal(), journal::journal_schema(), configuration.school(), *facts.authority,
      sync::Identity{configuration.enrolment.record, self.signing_copy()}, keys.keyring(),
      say ? journal::say_migration("журнал", say) : sync::MigrationTold());
  for (const auto& record : configuration.enrolment.records) replica->add_site(record);
  return replica;
}

DataFolder settled(DataFolder folder) {
  finish_restore(folder);
  return folder;
}

}  // namespace

sync::Time system_time() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

SchoolNode::SchoolNode(DataFolder folder, const std::function<void(const std::string&)>& say)
    : folder_(settled(std::move(folder))),
      configuration_(configuration_of(folder_)),
      keys_(folder_.keys()),
      own_(folder_, configuration_.enrolment.record.keys.id()),
      state_(folder_.local()) {
  name_own_site();
  journal_ = std::make_unique<Journal>(
      folder_.journal(), open_replica(folder_, self(), configuration_, keys_, say), keys_,
      [this](sync::Replica& replica) { own_.note_sent(replica); }, system_time);
  begin();
  // Whatever copies of the files were put back: acts hold.
  auto school = journal_->lock();
  heed_acts(school);
  for (const auto& path : remove_unfinished_backups(state_)) {
    if (say) say("удалена копия, которую прервали: " + path);
  }
}

Configuration SchoolNode::configuration() const {
  const std::lock_guard lock(configuration_mutex_);
  return configuration_;
}

void SchoolNode::change_configuration(const std::function<void(Configuration&)>& change) {
  const std::lock_guard lock(configuration_mutex_);
  auto changed = configuration_;
  change(changed);
  changed.save(folder_);
  keep_certificate(changed);
  configuration_ = std::move(changed);
}

void SchoolNode::configure(const std::function<void(Configuration&)>& change) {
  change_configuration(change);
  tell_configured();
}

void SchoolNode::tell_configured() {
  const std::lock_guard lock(hear_mutex_);
  for (const auto& hear : hear_) hear();
}

void SchoolNode::on_configured(std::function<void()> hear) {
  const std::lock_guard lock(hear_mutex_);
  hear_.push_back(std::move(hear));
}

void SchoolNode::stop_hearing() {
  const std::lock_guard lock(hear_mutex_);
  hear_.clear();
}

net::HttpsOptions SchoolNode::https() const {
  const auto enrolment = configuration().enrolment;
  net::HttpsOptions https;
  https.authority_pem = enrolment.authority_pem;
  if (const auto* key = key_of(enrolment.certificate_pem)) {
    https.certificate_pem = enrolment.certificate_pem;
    https.key_pem = key->encryption().pem();
  }
  return https;
}

std::unique_ptr<net::ExchangeClient> SchoolNode::client(const std::string& url,
                                                        const sync::SiteId& site,
                                                        bool is_above) const {
  auto options = https();
  options.server = site;
  return std::make_unique<net::ExchangeClient>(configuration().school(), self(), std::move(options),
                                               net::ExchangePeer{url, site, is_above});
}

std::unique_ptr<net::ExchangeClient> SchoolNode::hub_client() const {
  const auto configuration = this->configuration();
  return client(configuration.hub, configuration.hub_site(), true);
}

std::unique_ptr<net::ExchangeClient> SchoolNode::sibling_client(const Sibling& sibling) const {
  return client(sibling.url, sibling.site, false);
}

net::ExchangeReport SchoolNode::exchange(net::ExchangeClient& client, const sync::SiteId& sibling) {
  using End = net::ExchangeReport::End;
  if (journal_->with_replica([&](sync::Replica& it) { return it.is_revoked(sibling); })) {
    state_.set_fault("узел отозван", sibling);
    net::ExchangeReport refused;
    refused.end = End::refused;
    refused.error = "узел отозван";
    return refused;
  }
  auto report = client.run([&] { return journal_->lock(); }, system_time);
  // Where nothing more comes it has all its own back, and what it wrote meanwhile can follow.
  const bool is_at_end = report.end == End::in_step || report.end == End::stalled;
  const auto vouch = [&](sync::Replica& replica) { return vouch_where_due(replica); };
  if (is_at_end && journal_->with_replica(vouch)) {
    journal_->write([](sync::Replica&) {});  // to whoever waits for one
    auto next = exchange(client, sibling);
    next.leaves += report.leaves;
    return next;
  }
  if (report.end == End::in_step) {
    state_.set_reached({system_time()}, sibling);
  } else {
    state_.set_fault(describe(report), sibling);
  }
  if (report.stranger && sibling != sync::SiteId()) follow(sibling, report);
  return report;
}

void SchoolNode::hand_out_keys(net::LockedSchool& school) const {
  net::KeyCourier(configuration().school(), self()).hand_out(school);
}

void SchoolNode::heed_acts(net::LockedSchool& school) const {
  net::KeyCourier(configuration().school(), self()).heed_acts(school);
}

std::string describe(const net::ExchangeReport& report) {
  using End = net::ExchangeReport::End;
  const auto bytes = std::to_string(report.bytes_sent) + " байт туда, " +
                     std::to_string(report.bytes_received) + " обратно";
  switch (report.end) {
    case End::in_step:
      return "обмен окончен: " + bytes + ", получено записей: " + std::to_string(report.leaves);
    case End::unreachable:
      return "нет связи: " + report.error;
    case End::tls:
      return "защищённое соединение не установлено: " + report.error;
    case End::broken_off:
      return "связь оборвалась: " + report.error;
    case End::refused:
      return "отказ: " + report.error.substr(0, report.error.find_last_not_of('\n') + 1);
    case End::damaged:
      return "ответ повреждён: " + report.error;
    case End::stalled:
      return "обмен не сходится: " + report.error;
  }
  return report.error;
}

void make_site(const DataFolder& folder) {
  std::filesystem::create_directories(folder.path);
  ::chmod(folder.path.c_str(), 0700);
  if (std::filesystem::exists(folder.site_key())) {
    throw std::runtime_error(folder.site_key() + ": узел здесь уже есть");
  }
  net::SiteSecret::make().save(folder.site_key());
}

void enroll(const DataFolder& folder, const std::string& hub, const std::string& token,
            const std::string& name) {
  if (Configuration::load(folder)) {
    throw std::runtime_error(folder.path + ": этот узел уже включён в округ");
  }
  const auto self = net::SiteSecret::load(folder.site_key());
  Configuration configuration{name, hub, {}, {}, false};
  configuration.enrolment =
      net::enrol(hub, net::EnrolmentToken::parse(token), self, sync::SiteKind::node, name);
  net::KeyStore keys(folder.keys());
  // The first node of a school makes its key; a later one gets it from a node that has it.
  const auto is_node = [](const sync::SiteRecord& record) {
    return record.kind == sync::SiteKind::node;
  };
  const auto& records = configuration.enrolment.records;
  if (std::none_of(records.begin(), records.end(), is_node)) {
    if (!keys.has_school_key()) keys.make_school_key();
  }
  configuration.save(folder);
}

}  // namespace zimnik::node
