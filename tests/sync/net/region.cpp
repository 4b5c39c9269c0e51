#include "tests/sync/net/region.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sync/net/private_file.h"

namespace zimnik::net::test {
namespace {

sync::Column integer(const char* name) { return {name, sync::ColumnType::integer, {}}; }
sync::Column text(const char* name) { return {name, sync::ColumnType::text, {}}; }

/// One open page for each site.
std::uint64_t page_of(const SiteSecret& secret) {
  const auto id = secret.id();
  return sync::Reader(id.view(), "site").fixed64("id") >> 1;
}

HttpOptions hub_options() {
  HttpOptions options;
  options.threads = 4;
  options.body_bytes = limits::kEnvelopeBytes;
  options.anonymous_body_bytes = limits::kEnrolmentBytes;
  return options;
}

}  // namespace

sync::Time now() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

sync::Schema notes() {
  sync::Schema schema;
  schema.tables = {
      {1, "note", sync::Stream::shared, {integer("id")}, {{1, "body", {text("body")}}}, 1},
      {2,
       "author",
       sync::Stream::shared,
       {integer("id")},
       {{1, "name", {{"name", sync::ColumnType::text, "id"}}}},
       {}},
      {3, "secret", sync::Stream::school, {integer("id")}, {{1, "body", {text("body")}}}, 1},
  };
  return schema;
}

Place::Place(const Region& region, sync::SiteKind kind, const sync::SchoolId& its_school)
    : school(its_school),
      record(region.authority.certify(its_school, secret.keys(), kind)),
      authority_pem(region.authority.certificate_pem()),
      certificate(
          region.authority.issue(certificate_request(secret), its_school, secret.keys(), now())),
      keys(folder_.file("keys.db")),
      replica(folder_.file("school.db"), region.schema, its_school, region.authority.public_key(),
              {record, secret.signing_copy()}, keys.keyring()) {}

LockedSchool Place::lock() {
  return {replica, keys, std::make_shared<std::unique_lock<std::mutex>>(mutex_)};
}

void Place::write(const std::string& sql) {
  const auto locked = lock();
  const sync::Entry entry{
      {"author", "role", 50, "device"}, now(), {page_of(secret), ++entries_}, replica.seen()};
  replica.write(entry, [&](sync::Command& command) { command.database().execute(sql); });
}

std::string Place::read(const std::string& sql) {
  const auto locked = lock();
  auto statement = replica.database().prepare(sql);
  std::string rows;
  while (statement.step()) rows += std::string(statement.text(0)) + "\n";
  return rows;
}

void Place::act(decltype(sync::Act::what) what) {
  const auto locked = lock();
  replica.act({{"principal", "role", sync::rank::kPrincipal, "device"},
               now(),
               {page_of(secret), ++entries_},
               replica.seen()},
              std::move(what), "a reason");
}

HttpsOptions Place::https(const Place& server) const {
  HttpsOptions options;
  options.authority_pem = authority_pem;
  options.certificate_pem = certificate;
  options.key_pem = secret.encryption().pem();
  options.server = server.secret.id();
  return options;
}

ExchangeClient Place::client_of(const Place& hub, int port) const {
  return {
      school, secret, https(hub), {"https://127.0.0.1:" + std::to_string(port), hub.secret.id()}};
}

std::string Place::files() const {
  std::string bytes;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.file(""))) {
    bytes += read_file(entry.path(), 1 << 28);
  }
  return bytes;
}

HubServer::HubServer(Place& hub)
    : hub_(hub),
      service_(hub.secret, {[this](const sync::SchoolId& school) -> std::optional<LockedSchool> {
                              if (school != hub_.school) return std::nullopt;
                              return hub_.lock();
                            },
                            now, nullptr,
                            [this](const PeerIdentity&, const std::string& fault) {
                              const std::lock_guard lock(mutex_);
                              fault_ += fault + "\n";
                            },
                            nullptr}),
      server_(hub_options(), {hub.certificate, hub.secret.encryption().pem(), hub.authority_pem}) {
  server_.route("POST", ExchangeService::kPath, [this](const Request& request) {
    auto response = service_.answer(request);
    const std::lock_guard lock(mutex_);
    seen_ += request.body + response.body;
    return response;
  });
  server_.route("GET", ExchangeService::kSitePath,
                [this](const Request& request) { return service_.own_record(request); });
  server_.start();
}

std::string HubServer::seen() {
  const std::lock_guard lock(mutex_);
  return seen_;
}

std::string HubServer::fault() {
  const std::lock_guard lock(mutex_);
  return fault_;
}

SmallRegion::SmallRegion(const sync::Schema& schema) : region{.schema = schema} {
  // As the reply to an enrolment does.
  for (Place* place : {&a, &b}) {
    hub.replica.add_site(place->record);
    place->replica.add_site(hub.record);
  }
}

ExchangeReport SmallRegion::run(ExchangeClient& client, Place& place) {
  return client.run([&] { return place.lock(); }, now);
}

void SmallRegion::settle() {
  for (int round = 0; round < 3; ++round) {
    run(client_a, a);
    run(client_b, b);
  }
}

}  // namespace zimnik::net::test
