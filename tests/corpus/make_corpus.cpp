// Makes the corpus of a release: make_corpus FOLDER RELEASE. See README.md.
#include <filesystem>
#include <iostream>

#include "schema/commands/account.h"
#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/tables.h"
#include "sync/core/compression.h"
#include "sync/net/certificate.h"
#include "sync/net/key_store.h"
#include "sync/store/database_copy.h"
#include "tests/corpus/describe.h"
#include "tests/corpus/story.h"
#include "tests/schema/small_school.h"

namespace zimnik::corpus {
namespace {

using nlohmann::json;
namespace files = std::filesystem;

class Maker {
 public:
  Maker(std::string folder, const std::string& release) : folder_(std::move(folder)) {
    manifest_ = {{"release", release}, {"items", json::array()}};
  }
  void make() {
    files::create_directories(folder_);
    add_story();
    add_files();
    add_journal();
    write_bytes(folder_ + "/manifest.json", manifest_.dump(1) + "\n");
  }

 private:
  void add(const std::string& kind, const std::string& file, const std::string& bytes, json is) {
    write_bytes(folder_ + "/" + file, bytes);
    manifest_["items"].push_back({{"kind", kind},
                                  {"file", file},
                                  {"sha256", sync::sha256({bytes}).hex()},
                                  {"is", std::move(is)}});
  }
  std::string numbered(const std::string& folder, std::size_t number, const std::string& name) {
    const auto digits = std::to_string(100 + number).substr(1);
    return folder + "/" + digits + "-" + name;
  }

  void add_story() {
    const auto cast = story_cast();
    const auto story = tell_story();
    manifest_["cast"] = cast.to_json();
    manifest_["end"] = story.end;
    for (std::size_t i = 0; i < story.messages.size(); ++i) {
      const auto& sent = story.messages[i];
      add("message", numbered("messages", i, sent.name), sent.message,
          describe(sync::decode_message(sent.message)));
      auto& item = manifest_["items"].back();
      item["from"] = sent.from;
      if (sent.received) item["received"] = describe(*sent.received);
    }
    for (std::size_t i = 0; i < story.leaves.size(); ++i) {
      const auto is = describe_leaf(story.leaves[i], cast.keyring());
      // One of each kind, and the first few: what else is in them is in the tables too.
      const bool is_edit = is.at("content").contains("edit");
      if (!is_edit || i < 6) add("leaf", numbered("leaves", i, "leaf"), story.leaves[i], is);
    }
    add_proofs(story.proofs, cast.authority);
  }

  void add_proofs(const std::vector<std::string>& proofs, const sync::PublicKey& authority) {
    for (std::size_t i = 0; i < proofs.size(); ++i) {
      add("proof", numbered("proofs", i, "row.json"), proofs[i],
          describe(sync::check_proof(sync::decode_proof(proofs[i]), authority)));
    }
  }

  /// Keys, parcels, envelopes and what is said at enrolment.
  void add_files() {
    const auto school = story_cast().school;
    const auto sender = net::SiteSecret::make(), recipient = net::SiteSecret::make();
    const auto authority = net::CertificateAuthority::make("region", sync::test::kMorning);
    const auto record = authority.certify(school, sender.keys(), sync::SiteKind::node);
    recipient.save(folder_ + "/site.key");
    add("site key", "site.key", read_bytes(folder_ + "/site.key"),
        {{"signing", recipient.keys().signing.hex()},
         {"encryption", recipient.keys().encryption.hex()}});
    const auto keys = story_cast().keys;
    const auto parcel = net::wrap_keys(school, sender, recipient.keys(), keys);
    add("parcel", "keys.parcel", net::encode_parcel(parcel),
        {{"sender", hex_of(record)}, {"keys", describe(keys)}});
    net::Envelope envelope;
    envelope.reply_budget = 65536;
    envelope.taken = {77, 3};
    envelope.epoch = 99;
    envelope.parcels = {{5, net::encode_parcel(parcel)}, {9, net::encode_parcel(parcel)}};
    envelope.message = "a message";
    add("envelope", "two-parcels.envelope", net::encode_envelope(envelope), describe(envelope));

    const auto request = net::EnrolmentRequest::make(
        recipient, net::TokenSecret::from(std::string(net::TokenSecret::kSize, 't')),
        sync::SiteKind::node, "второе здание");
    add("enrolment request", "enrolment-request.json", encode(request), describe(request));
    net::EnrolmentReply reply;
    reply.authority_pem = authority.certificate_pem();
    reply.certificate_pem = authority.issue(net::certificate_request(recipient), school,
                                            recipient.keys(), sync::test::kMorning);
    reply.record = authority.certify(school, recipient.keys(), sync::SiteKind::node);
    reply.school_name = "Школа деревни Ясунт";
    reply.records = {record};
    add("enrolment reply", "enrolment-reply.json", encode(reply), describe(reply));
    const auto succession =
        net::SuccessionRequest::make(sender, recipient, sync::SiteKind::node, "второе здание");
    add("succession request", "succession-request.json", encode(succession), describe(succession));
    add_revocations(authority, {record, reply.record});
  }

  /// The first site is revoked and isn't any more; the second is.
  void add_revocations(const net::CertificateAuthority& authority,
                       const std::vector<sync::SiteRecord>& sites) {
    const auto path = folder_ + "/revocations";
    const auto at = sync::test::kMorning;
    hub::note_revocation(path, {sites[0], true, 12, 3, at}, authority);
    hub::note_revocation(path, {sites[1], true, 1, 1, at}, authority);
    hub::note_revocation(path, {sites[0], false, 12, 3, at}, authority);
    const auto revoked = hub::read_revocations(path, authority.public_key());
    add("revocations", "revocations", read_bytes(path),
        {{"authority", authority.public_key().hex()}, {"revoked", describe(revoked)}});
  }

  /// The databases of a node of a small school, as they lie on its disk.
  void add_journal() {
    const sync::test::TemporaryDirectory directory;
    auto setup = journal::test::journal_setup();
    setup.path = directory.file("journal.db");
    Cast cast = story_cast();
    cast.keys = {{std::nullopt, sync::test::some_key("school")}};
    for (std::int64_t person = 1; person <= 40; ++person) {
      cast.keys.push_back({person, sync::test::some_key("person " + std::to_string(person))});
    }
    cast.keys.push_back(next_school_key());
    auto school = journal::test::school_node();
    journal::test::open(school, journal::test::kMonday);
    journal::test::Node node("main", setup);
    node.now = school.now;
    sync::test::exchange(school, node);
    journal::test::open(node, journal::test::kWednesday);
    node.save(
        [](sync::Command& run) {
          using namespace journal::test;
          journal::enter_mark(run, {kWednesday, kIvanov}, {5, {}, {}, "молодец", {}});
          journal::set_absence(run, kMonday, kPetrova, journal::Absence::absent);
        },
        journal::test::teacher());
    lock_account(node);
    countersign(node);
    const auto end =
        describe_end(*node, describe_tables(node->database(), journal::journal_schema()));
    node.close();
    json is{{"schema", journal::journal_schema().version}, {"end", end}};
    is["cast"] = cast.to_json();
    add_database("journal", directory.file("journal.db"), std::move(is));

    const auto keys = made_keys(directory.file("keys.db"));
    add_database("key store", directory.file("keys.db"), describe(keys));
  }
  /// An account whose password is sealed under the school's next key, and which is locked.
  static void lock_account(journal::test::Node& node) {
    const journal::test::Who technician{"technician", 60};
    node.save(
        [](sync::Command& run) {
          journal::add_account(run, "petrov", journal::test::kTeacher, "verifier 1");
        },
        technician);
    node->add_keys({next_school_key()});
    node->seal_under(sync::id_of(next_school_key().key));
    node.save(
        [](sync::Command& run) {
          journal::set_verifier(run, "petrov", "verifier 2");
          journal::lock_account(run, "petrov");
        },
        technician);
  }
  /// A hub takes all in, and the node keeps its receipts.
  static void countersign(journal::test::Node& node) {
    auto setup = journal::test::journal_setup();
    setup.keys = {};
    setup.kind = sync::SiteKind::hub;
    journal::test::Node hub("hub", setup);
    hub.now = node.now;
    hub->note_reader(node.id());
    node->note_reader(hub.id());
    sync::test::exchange(node, hub);
  }
  /// All the story's, and one that was made because a site was revoked.
  static std::vector<sync::NewKey> made_keys(const std::string& path) {
    net::KeyStore store(path);
    store.add(story_cast().keys);
    store.rotate({story_cast().records.at("hub").keys.id()});
    return store.keys();
  }
  void add_database(const std::string& kind, const std::string& path, json is) {
    sync::copy_database(path, path + ".copy");
    const std::string name = files::path(path).filename();
    add(kind, name + ".zst", sync::compress(read_bytes(path + ".copy"), sync::kThoroughLevel),
        std::move(is));
  }

  std::string folder_;
  json manifest_;
};

}  // namespace
}  // namespace zimnik::corpus

int main(int count, char** words) {
  if (count != 3) {
    std::cerr << "make_corpus FOLDER RELEASE\n";
    return 2;
  }
  try {
    if (std::filesystem::exists(words[1])) throw std::runtime_error("there is one already");
    zimnik::corpus::Maker(words[1], words[2]).make();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << words[1] << ": " << error.what() << "\n";
    return 1;
  }
}
