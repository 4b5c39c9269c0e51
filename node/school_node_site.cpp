// Who a node is: the site that it writes as, its certificate, and how it goes on as a new site.
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "node/missing_keys.h"
#include "node/school_node.h"
#include "sync/net/enrolment_client.h"

namespace zimnik::node {

using Tell = std::function<void(const std::string&)>;
using Reason = journal::SuccessionReason;

namespace {

// A clock that is wrong makes every certificate look old, so there is a bound on how often.
constexpr std::chrono::hours kAfterRenewal{1};
constexpr std::chrono::minutes kAfterBrokenRenewal{1};
/// After the hub has refused a new site. Where nobody answered, it is asked with the next exchange.
constexpr std::chrono::minutes kAfterRefusal{10};

std::string machine_name() {
  char name[65] = {};  // what a leaf has room for
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

/// Puts a record among those that are known, once.
void add_record(std::vector<sync::SiteRecord>& records, const sync::SiteRecord& record) {
  if (record.signature.is_zero()) return;
  if (std::find(records.begin(), records.end(), record) == records.end()) records.push_back(record);
}

}  // namespace

/// A configuration that names another site was written before this one's keys were made, or before
/// the region certified it: an older one may have been put back.
void SchoolNode::name_own_site() {
  const auto told = configuration();
  const auto keys = self().keys();
  const auto certified = own_.enrolment();
  const bool is_older =
      !told.is_certified() && certified && certified->record.school == told.school();
  if (told.enrolment.record.keys == keys && !is_older) return;
  change_configuration([&](Configuration& changed) {
    auto& enrolment = changed.enrolment;
    add_record(enrolment.records, enrolment.record);
    if (certified && certified->record.school == told.school()) {
      for (const auto& record : certified->records) add_record(enrolment.records, record);
      enrolment.record = certified->record;
      enrolment.certificate_pem = certified->certificate_pem;
      return;
    }
    const bool is_lost = own_.predecessor() == nullptr && changed.is_certified();
    if (is_lost) changed.former = enrolment.record.keys.id();
    enrolment.record.keys = keys;
    enrolment.record.signature = {};
    if (key_of(enrolment.certificate_pem) == nullptr) enrolment.certificate_pem.clear();
  });
}

/// Whether the folder is the one that it was; after that this is its home.
void SchoolNode::begin() {
  const bool was_home = configuration().has_home;
  journal_->with_replica([&](sync::Replica& replica) {
    auto reason = is_stranger(replica) ? std::nullopt : own_.doubt(replica, was_home);
    if (!reason && has_lost_school_key(replica, self().id())) reason = Reason::keys_lost;
    if (reason) go_on(replica, *reason);
    own_.settle(system_time());
  });
  keep_certificate(configuration());
  if (!was_home) change_configuration([](Configuration& changed) { changed.has_home = true; });
}

/// Beside the key, where no older node.json takes its place.
void SchoolNode::keep_certificate(const Configuration& told) {
  if (told.is_certified()) own_.note_enrolment(told.enrolment);
}

/// Whether nobody knows it yet, nor can: it was restored without its key.
bool SchoolNode::is_stranger(sync::Replica& replica) const {
  if (configuration().is_certified() || own_.predecessor() != nullptr) return false;
  const auto sites = replica.sites();
  return std::none_of(sites.begin(), sites.end(), [&](const sync::ListedSite& site) {
    return site.record.keys.id() == self().id();
  });
}

void SchoolNode::go_on(sync::Replica& replica, Reason reason) {
  const bool is_certified = configuration().is_certified();
  // What was written as a site that the region never heard of goes out by its predecessor's word.
  if (!is_certified) vouch_where_due(replica);
  own_.go_on(reason, system_time(), is_certified);
  name_own_site();
  replica.become({configuration().enrolment.record, self().signing_copy()}, system_time());
}

bool SchoolNode::vouch_where_due(sync::Replica& replica) {
  const auto* predecessor = own_.predecessor();
  const auto went_on = own_.went_on();
  if (predecessor == nullptr || !went_on) return false;
  const auto told = configuration();
  const sync::SiteRecord record{told.school(), predecessor->keys(), told.enrolment.record.kind, {}};
  const auto saved =
      replica.vouch_as({record, predecessor->signing_copy()},
                       journal::succession_entry(went_on->reason, machine_name(), system_time()));
  if (told.is_certified()) own_.let_predecessor_go();
  return saved == sync::Saved::written;
}

bool SchoolNode::lacks_school_key() {
  return journal_->with_replica(
      [](sync::Replica& replica) { return !replica.keyring().school_key().has_value(); });
}

void SchoolNode::heal(const Tell& tell) {
  const bool has_gone_on = journal_->with_replica([&](sync::Replica& replica) {
    if (!replica.is_doubted()) return false;
    go_on(replica, Reason::forked);
    return true;
  });
  if (!has_gone_on) return;
  tell_configured();
  const auto went_on = own_.went_on();
  tell("узел " + went_on->from.hex() + " продолжает работу как новый, " + self().id().hex() + ": " +
       journal::succession_text(journal::word_of(went_on->reason)));
}

/// The key that a certificate is for; null where it isn't at hand.
const net::SiteSecret* SchoolNode::key_of(const std::string& certificate_pem) const {
  if (certificate_pem.empty()) return nullptr;
  const auto named = net::read_certificate(certificate_pem).peer;
  const auto* predecessor = own_.predecessor();
  if (named && named->site == self().id()) return &self();
  return named && predecessor != nullptr && named->site == predecessor->id() ? predecessor
                                                                             : nullptr;
}

bool SchoolNode::can_call() const {
  return key_of(configuration().enrolment.certificate_pem) != nullptr;
}

bool SchoolNode::certify_where_due(const Tell& tell) {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(asking_mutex_);
  const auto told = configuration();
  const auto* predecessor = own_.predecessor();
  if (told.is_certified() || predecessor == nullptr || now < next_succession_) return false;
  const sync::SiteRecord from{told.school(), predecessor->keys(), told.enrolment.record.kind, {}};
  try {
    take_enrolment(
        net::succeed(told.hub, told.enrolment.authority_pem, *predecessor, from, self(), told.name),
        [](Configuration&) {});
    tell("округ заверил новый узел " + self().id().hex());
    return true;
  } catch (const net::EnrolmentRefused& refused) {
    if (refused.status() != 503) next_succession_ = now + kAfterRefusal;
    tell(std::string("округ не заверил новый узел: ") + refused.what());
  } catch (const std::runtime_error&) {  // nobody there: the exchange will tell
  }
  return false;
}

void SchoolNode::enroll_again(const std::string& hub, const std::string& token,
                              const std::string& name) {
  const std::lock_guard lock(asking_mutex_);
  const auto told = configuration();
  if (told.is_certified()) throw std::runtime_error("этот узел уже включён в округ");
  auto reply = net::enrol(hub, net::EnrolmentToken::parse(token), self(),
                          told.enrolment.record.kind, name, told.school(), told.former);
  take_enrolment(std::move(reply), [&](Configuration& changed) {
    changed.hub = hub;
    changed.name = name;
    changed.former.reset();
  });
}

/// REQUIRES: the reply was checked, and is this school's.
void SchoolNode::take_enrolment(net::EnrolmentReply reply,
                                const std::function<void(Configuration&)>& change) {
  // Those that are known come first: of several hubs the first is the one that is called.
  auto records = configuration().enrolment.records;
  for (const auto& record : reply.records) add_record(records, record);
  reply.records = std::move(records);
  journal_->write([&](sync::Replica& replica) {
    replica.add_site(reply.record);
    for (const auto& record : reply.records) replica.add_site(record);
  });
  configure([&](Configuration& changed) {
    changed.enrolment = std::move(reply);
    change(changed);
  });
}

/// Another site answers at a sibling's address: that node goes on as a new one. Who it is, is shown
/// by the region's certificate; one that is revoked here isn't followed.
void SchoolNode::follow(const sync::SiteId& sibling, const net::ExchangeReport& report) {
  const auto there = *report.stranger;
  const auto told = configuration();
  if (there.school != told.school() || there.site == told.hub_site() || there.site == self().id()) {
    return;
  }
  const bool is_revoked = journal_->with_replica(
      [&](sync::Replica& replica) { return replica.is_revoked(there.site); });
  if (is_revoked) return;
  configure([&](Configuration& changed) {
    for (auto& known : changed.siblings) {
      if (known.site == sibling) known.site = there.site;
    }
  });
}

bool SchoolNode::renew_where_due(const net::ExchangeReport& last, const Tell& tell) {
  using End = net::ExchangeReport::End;
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(asking_mutex_);
  const auto told = configuration();
  if (!told.is_certified()) return false;
  const bool is_old = net::read_certificate(told.enrolment.certificate_pem).is_old(system_time());
  const bool is_due = last.end == End::tls || (last.end == End::in_step && is_old);
  if (!is_due || now < next_renewal_) return false;
  next_renewal_ = now + kAfterBrokenRenewal;
  try {
    const auto pem = net::renew_certificate(told.hub, told.enrolment.authority_pem, self(),
                                            told.enrolment.record);
    configure([&](Configuration& changed) { changed.enrolment.certificate_pem = pem; });
    next_renewal_ = now + kAfterRenewal;
    tell("сертификат узла обновлён");
    return true;
  } catch (const net::EnrolmentRefused& refused) {
    next_renewal_ = now + kAfterRenewal;
    tell(std::string("сертификат узла не обновлён: ") + refused.what());
  } catch (const std::exception& error) {
    tell(std::string("сертификат узла не обновлён: ") + error.what());
  }
  return false;
}

}  // namespace zimnik::node
