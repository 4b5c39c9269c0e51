#include "sync/net/enrolment.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <map>
#include <mutex>
#include <thread>

#include "sync/core/bytes.h"
#include "sync/net/enrolment_client.h"
#include "sync/net/enrolment_service.h"
#include "tests/sync/net/region.h"

namespace zimnik::net::test {
namespace {

/// A hub's tokens, in memory.
class Office {
 public:
  explicit Office(const Region& region, Place& hub)
      : region_(region),
        service_(region.authority,
                 {[this](const sync::Hash& token, const EnrolmentRequest&,
                         const sync::SiteKeys& keys) { return consume(token, keys); },
                  [this](const sync::SiteRecord& record) {
                    const std::lock_guard lock(mutex_);
                    records_[record.keys.id()] = record;
                  },
                  [this](const sync::SiteId& site) -> std::optional<sync::SiteRecord> {
                    const std::lock_guard lock(mutex_);
                    const auto it = records_.find(site);
                    if (it == records_.end()) return std::nullopt;
                    return it->second;
                  },
                  now,
                  [this](const sync::SiteRecord& predecessor, const EnrolmentRequest&,
                         const sync::SiteKeys&) -> std::optional<EnrolmentGrant> {
                    if (is_closed) return std::nullopt;
                    return EnrolmentGrant{
                        predecessor.school, "A school", predecessor.kind, {hub_.record}};
                  }}),
        hub_(hub),
        server_({}, {hub.certificate, hub.secret.encryption().pem(), hub.authority_pem}) {
    service_.mount(server_);
    server_.start();
  }

  EnrolmentToken make_token() {
    const auto token = EnrolmentToken::make(region_.authority.fingerprint());
    const std::lock_guard lock(mutex_);
    tokens_[hash_of(token.secret)] = std::nullopt;
    return token;
  }
  std::string url() const { return "https://127.0.0.1:" + std::to_string(server_.port()); }
  std::atomic<bool> is_closed = false;  ///< to sites that go on from others
  std::size_t enrolled() {
    const std::lock_guard lock(mutex_);
    return records_.size();
  }

 private:
  std::optional<EnrolmentGrant> consume(const sync::Hash& token, const sync::SiteKeys& keys) {
    const std::lock_guard lock(mutex_);
    const auto it = tokens_.find(token);
    if (it == tokens_.end() || (it->second && *it->second != keys.id())) return std::nullopt;
    it->second = keys.id();
    return EnrolmentGrant{region_.school, "A school", sync::SiteKind::node, {hub_.record}};
  }

  const Region& region_;
  EnrolmentService service_;
  Place& hub_;
  std::mutex mutex_;
  std::map<sync::Hash, std::optional<sync::SiteId>> tokens_;
  std::map<sync::SiteId, sync::SiteRecord> records_;
  HttpServer server_;
};

struct Enrolling {
  Region region;
  Place hub{region, sync::SiteKind::hub};
  Office office{region, hub};
};

int refusal(const std::string& url, const EnrolmentToken& token,
            sync::SiteKind kind = sync::SiteKind::node) {
  try {
    enrol(url, token, SiteSecret::make(), kind, "a node");
  } catch (const EnrolmentRefused& error) {
    return error.status();
  }
  return 0;
}

}  // namespace

TEST_CASE("a token is read as it was written, in any case and with spaces between") {
  const auto token = EnrolmentToken::make(Fingerprint::from(std::string(32, 'f')));
  const auto text = token.text();
  CHECK(text.size() == 8 + 77);
  CHECK(EnrolmentToken::parse(text) == token);
  std::string typed = " ";
  for (const char c : text) typed += std::string(1, static_cast<char>(std::toupper(c))) + "\n";
  CHECK(EnrolmentToken::parse(typed) == token);
  CHECK_THROWS_AS(EnrolmentToken::parse(text.substr(0, text.size() - 1)), sync::Refused);
  CHECK_THROWS_AS(EnrolmentToken::parse(text + "a"), sync::Refused);
  CHECK_THROWS_AS(EnrolmentToken::parse("zimnik2-" + text.substr(8)), sync::Refused);
  CHECK_THROWS_AS(EnrolmentToken::parse(""), sync::Refused);
}

TEST_CASE("a node enrols with a token, and what it gets fits") {
  Enrolling region;
  const auto site = SiteSecret::make();
  const auto token = region.office.make_token();
  const auto reply = enrol(region.office.url(), token, site, sync::SiteKind::node, "a node");
  CHECK(reply.record.keys == site.keys());
  CHECK(reply.record.school == region.region.school);
  CHECK(reply.school_name == "A school");
  REQUIRE(reply.records.size() == 1);
  CHECK(reply.records[0].keys == region.hub.record.keys);
  CHECK(read_certificate(reply.certificate_pem).peer ==
        PeerIdentity{reply.record.school, site.id()});
}

TEST_CASE("a token works once, and again for the site that used it: its reply may have been lost") {
  Enrolling region;
  const auto site = SiteSecret::make();
  const auto token = region.office.make_token();
  enrol(region.office.url(), token, site, sync::SiteKind::node, "a node");
  CHECK(refusal(region.office.url(), token) == 403);
  CHECK_NOTHROW(enrol(region.office.url(), token, site, sync::SiteKind::node, "a node"));
  CHECK(region.office.enrolled() == 1);
}

TEST_CASE("of a hundred at once with one token exactly one is enrolled") {
  Enrolling region;
  const auto token = region.office.make_token();
  std::atomic<int> enrolled = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 100; ++i) {
    threads.emplace_back(
        [&] { ++(refusal(region.office.url(), token) == 403 ? refused : enrolled); });
  }
  for (auto& thread : threads) thread.join();
  CHECK(enrolled == 1);
  CHECK(refused == 99);
  CHECK(region.office.enrolled() == 1);
}

TEST_CASE("a token that nobody made, or made for another kind of site, enrols nobody") {
  Enrolling region;
  const auto strange = EnrolmentToken::make(region.region.authority.fingerprint());
  CHECK(refusal(region.office.url(), strange) == 403);
  CHECK(refusal(region.office.url(), region.office.make_token(), sync::SiteKind::hub) == 403);
  CHECK(region.office.enrolled() == 0);
}

TEST_CASE("the secret isn't shown to a server of another authority") {
  Enrolling region;
  const auto token =
      EnrolmentToken::make(CertificateAuthority::make("another", now()).fingerprint());
  CHECK_THROWS_AS(enrol(region.office.url(), token, SiteSecret::make(), sync::SiteKind::node, ""),
                  sync::Refused);
}

TEST_CASE("a request proves both keys, and that its words are its own") {
  const auto site = SiteSecret::make();
  const auto good = EnrolmentRequest::make(site, TokenSecret{}, sync::SiteKind::node, "a name");
  CHECK(good.proven_keys() == site.keys());
  CHECK(decode_enrolment_request(encode(good)).proven_keys() == site.keys());

  auto changed = good;
  changed.name = "another";
  CHECK_THROWS_AS(changed.proven_keys(), sync::Refused);
  changed = good;
  changed.kind = sync::SiteKind::hub;
  CHECK_THROWS_AS(changed.proven_keys(), sync::Refused);
  changed = good;
  changed.certificate_request = certificate_request(SiteSecret::make());
  CHECK_THROWS_AS(changed.proven_keys(), sync::Refused);
}

TEST_CASE("what isn't the JSON of a request is refused with 400") {
  Enrolling region;
  HttpsOptions options;
  options.authority_pem = region.hub.authority_pem;
  HttpsClient client(options);
  const auto post = [&](const std::string& body) {
    return client.post(region.office.url() + "/v1/enrol", "application/json", body, 1000).status;
  };
  const auto good = encode(
      EnrolmentRequest::make(SiteSecret::make(), TokenSecret{}, sync::SiteKind::node, "a name"));
  CHECK(post(good) == 403);
  CHECK(post("") == 400);
  CHECK(post("[]") == 400);
  CHECK(post("{\"token\": 1}") == 400);
  CHECK(post(std::string(10'000, '[')) == 400);
  CHECK(post("{\"a\":" + std::string(5'000, '[') + std::string(5'000, ']') + "}") == 400);
  CHECK(post(good.substr(0, good.size() / 2)) == 400);
  CHECK(post(std::string(20'000, ' ') + good) == 400);
}

TEST_CASE("a site that goes on from another gets what an enrolled one gets, as often as it asks") {
  Enrolling region;
  const auto url = region.office.url();
  const auto old = SiteSecret::make(), site = SiteSecret::make();
  const auto first = enrol(url, region.office.make_token(), old, sync::SiteKind::node, "a node");
  const auto reply = succeed(url, first.authority_pem, old, first.record, site, "a node");
  CHECK(reply.record.keys == site.keys());
  CHECK(reply.record.school == first.record.school);
  CHECK(reply.record.kind == sync::SiteKind::node);
  CHECK(read_certificate(reply.certificate_pem).peer ==
        PeerIdentity{reply.record.school, site.id()});
  CHECK(succeed(url, first.authority_pem, old, first.record, site, "a node").record ==
        reply.record);
  CHECK(region.office.enrolled() == 2);
}

TEST_CASE("who doesn't prove the key of the site that it goes on from gets nothing") {
  Enrolling region;
  const auto url = region.office.url();
  const auto old = SiteSecret::make(), site = SiteSecret::make(), thief = SiteSecret::make();
  const auto first = enrol(url, region.office.make_token(), old, sync::SiteKind::node, "a node");
  const auto refusal = [&](const SuccessionRequest& request) {
    HttpsClient client({first.authority_pem, "", "", {}});
    return client
        .post(url + EnrolmentService::kSucceedPath, "application/json", encode(request), 9999)
        .status;
  };
  auto request = SuccessionRequest::make(thief, site, sync::SiteKind::node, "a node");
  CHECK(refusal(request) == 403);  // nobody knows the thief
  request.predecessor = old.id();
  CHECK(refusal(request) == 403);
  request = SuccessionRequest::make(old, site, sync::SiteKind::node, "a node");
  CHECK(refusal(request) == 200);
  auto renamed = request;
  renamed.successor = EnrolmentRequest::make(thief, std::nullopt, sync::SiteKind::node, "a node");
  CHECK(refusal(renamed) == 403);
  renamed = request;
  renamed.successor.name = "b";
  CHECK(refusal(renamed) == 400);
  CHECK(refusal(SuccessionRequest::make(old, site, sync::SiteKind::hub, "a node")) == 403);
  region.office.is_closed = true;
  CHECK(refusal(request) == 403);
  CHECK(region.office.enrolled() == 2);
}

TEST_CASE("a certificate is renewed for who proves the keys, expired or not") {
  Enrolling region;
  const auto site = SiteSecret::make();
  const auto reply =
      enrol(region.office.url(), region.office.make_token(), site, sync::SiteKind::node, "a node");
  const auto pem = renew_certificate(region.office.url(), reply.authority_pem, site, reply.record);
  CHECK(pem != reply.certificate_pem);
  CHECK(read_certificate(pem).peer == read_certificate(reply.certificate_pem).peer);
  CHECK_THROWS_AS(
      renew_certificate(region.office.url(), reply.authority_pem, SiteSecret::make(), reply.record),
      EnrolmentRefused);
}

}  // namespace zimnik::net::test
