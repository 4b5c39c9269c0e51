// The present programs read what those of every release wrote and sent.
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "schema/tables.h"
#include "sync/core/compression.h"
#include "sync/core/encoding.h"
#include "sync/core/leaf.h"
#include "sync/core/limits.h"
#include "sync/net/key_store.h"
#include "sync/net/site_key.h"
#include "tests/corpus/describe.h"
#include "tests/corpus/story.h"
#include "tests/sync/store/generations.h"

namespace zimnik::corpus {
namespace {

using nlohmann::json;
namespace files = std::filesystem;

/// A line is never changed, nor the corpus that it names.
struct Released {
  const char* folder;
  const char* manifest;  ///< SHA-256
};
constexpr Released kReleased[] = {
    {"v1", "87f63dc2b5c552555f2bdbc4df233701b0624e6c23157f02617edb449dc08cd5"},
    {"v2", "d10ba466c3e49174a6180a2191ca1f2953c774fa52341d2f42e4f52088038939"},
};

std::string path_of(const std::string& folder) { return std::string(ZIMNIK_CORPUS "/") + folder; }

/// Calls for each item of that kind of every release, from the first that has such on.
template <class Use>
void for_each(const std::string& kind, const Use& use, const std::string& first = "v1") {
  bool has_begun = false;
  for (const auto& released : kReleased) {
    has_begun = has_begun || released.folder == first;
    if (!has_begun) continue;
    const Corpus corpus(path_of(released.folder));
    int count = 0;
    corpus.for_each(kind, [&](const std::string& file, const std::string& bytes, const json& item) {
      INFO(released.folder << "/" << file);
      ++count;
      use(corpus, bytes, item);
    });
    CHECK(count > 0);
  }
}

/// A compressed database's file, laid out on the disk.
std::string lay_out(const sync::test::TemporaryDirectory& directory, const std::string& bytes) {
  const auto path = directory.file("copy.db");
  files::remove(path);
  write_bytes(path, sync::decompress(bytes, sync::limits::kBatchBytes));
  return path;
}

}  // namespace

TEST_CASE("a corpus that was released stays what it was, and holds nothing else") {
  std::set<std::string> folders;
  for (const auto& released : kReleased) {
    INFO(released.folder);
    const Corpus corpus(path_of(released.folder));
    CHECK(corpus.manifest_hash() == released.manifest);
    std::set<std::string> named{"manifest.json"}, there;
    for (const auto& item : corpus.manifest().at("items")) named.insert(item.at("file"));
    for (const auto& entry : files::recursive_directory_iterator(path_of(released.folder))) {
      if (!entry.is_regular_file()) continue;
      there.insert(files::relative(entry.path(), path_of(released.folder)));
    }
    CHECK(there == named);
    folders.insert(released.folder);
  }
  for (const auto& entry : files::directory_iterator(ZIMNIK_CORPUS)) {
    if (entry.is_directory()) CHECK(folders.contains(entry.path().filename()));
  }
}

TEST_CASE("leaves of every release are read, and written byte for byte the same") {
  for_each("leaf", [](const Corpus& corpus, const std::string& bytes, const json& item) {
    const auto keys = corpus.cast().keyring();
    CHECK(describe_leaf(bytes, keys) == item.at("is"));
    std::string_view rest;
    const auto place = sync::read_leaf_header(bytes, rest).place;
    CHECK(sync::encode_leaf(place, sync::read_leaf(bytes, keys).value(), keys) == bytes);
  });
}

TEST_CASE("messages of every release decode to what they said") {
  for_each("message", [](const Corpus&, const std::string& bytes, const json& item) {
    CHECK(describe(sync::decode_message(bytes)) == item.at("is"));
  });
}

TEST_CASE("messages of every release, taken by a replica that is new, come to what they came to") {
  for (const auto& released : kReleased) {
    const Corpus corpus(path_of(released.folder));
    const auto& end = corpus.manifest().at("end");
    const auto cast = corpus.cast();
    auto reader = cast.open(":memory:", sync::test::generation(kGeneration), "reader");
    corpus.for_each("message",
                    [&](const std::string& file, const std::string& bytes, const json& item) {
                      if (!item.contains("received")) return;
                      INFO(released.folder << "/" << file);
                      const auto from = cast.records.at(item.at("from")).keys.id();
                      const auto received = reader.receive(from, bytes, sync::test::kMorning);
                      CHECK(describe(received) == item.at("received"));
                    });
    CHECK(describe_end(reader, end.at("tables")) == end);
  }
}

TEST_CASE("the journal's file of every release is opened, and shows what it showed") {
  for_each("journal", [](const Corpus&, const std::string& bytes, const json& item) {
    const sync::test::TemporaryDirectory directory;
    const auto path = lay_out(directory, bytes);
    const auto& is = item.at("is");
    CHECK(sync::Replica::schema_version(path) == is.at("schema").get<std::uint32_t>());
    auto replica = Cast::from(is.at("cast")).open(path, journal::journal_schema(), "main");
    CHECK(describe_end(replica, is.at("end").at("tables")) == is.at("end"));
  });
}

TEST_CASE("keys of every release are read, at rest and on their way") {
  for_each("key store", [](const Corpus&, const std::string& bytes, const json& item) {
    const sync::test::TemporaryDirectory directory;
    CHECK(describe(net::KeyStore(lay_out(directory, bytes)).keys()) == item.at("is"));
  });
  for_each("site key", [](const Corpus& corpus, const std::string& bytes, const json& item) {
    const sync::test::TemporaryDirectory directory;
    write_bytes(directory.file("site.key"), bytes);
    const auto secret = net::SiteSecret::load(directory.file("site.key"));
    CHECK(secret.keys().signing.hex() == item.at("is").at("signing"));
    CHECK(secret.keys().encryption.hex() == item.at("is").at("encryption"));
    corpus.for_each(
        "parcel", [&](const std::string&, const std::string& sealed, const json& parcel) {
          const auto& is = parcel.at("is");
          const auto sender = record_of(is.at("sender"));
          CHECK(describe(net::unwrap_keys(net::decode_parcel(sealed), secret, sender)) ==
                is.at("keys"));
          CHECK(net::decode_parcel(sealed).is_signed_by(sender.school, sender.keys));
        });
  });
}

TEST_CASE("envelopes and what is said at enrolment, of every release, are read") {
  for_each("envelope", [](const Corpus&, const std::string& bytes, const json& item) {
    CHECK(describe(net::decode_envelope(bytes)) == item.at("is"));
  });
  for_each("enrolment request", [](const Corpus&, const std::string& bytes, const json& item) {
    CHECK(describe(net::decode_enrolment_request(bytes)) == item.at("is"));
  });
  for_each("enrolment reply", [](const Corpus&, const std::string& bytes, const json& item) {
    CHECK(describe(net::decode_enrolment_reply(bytes)) == item.at("is"));
  });
  const auto read_succession = [](const Corpus&, const std::string& bytes, const json& item) {
    const auto request = net::decode_succession_request(bytes);
    CHECK(describe(request) == item.at("is"));
    CHECK(request.successor.proven_keys().id().hex() == item.at("is").at("successor").at("proven"));
  };
  for_each("succession request", read_succession, "v2");
}

TEST_CASE("proofs of every release are checked, and written byte for byte the same") {
  const auto check = [](const Corpus& corpus, const std::string& bytes, const json& item) {
    const auto proof = sync::decode_proof(bytes);
    CHECK(sync::encode_proof(proof) == bytes);
    const auto checked = sync::check_proof(proof, corpus.cast().authority);
    CHECK(checked.faults.empty());
    CHECK(describe(checked) == item.at("is"));
  };
  for_each("proof", check, "v2");
}

TEST_CASE("the region's revocations of every release are read") {
  const auto read = [](const Corpus&, const std::string& bytes, const json& item) {
    const sync::test::TemporaryDirectory directory;
    const auto path = directory.file("revocations");
    write_bytes(path, bytes);
    const auto& is = item.at("is");
    const auto authority = sync::from_hex(is.at("authority").get<std::string>());
    CHECK(describe(hub::read_revocations(path, sync::PublicKey::from(authority.value()))) ==
          is.at("revoked"));
  };
  for_each("revocations", read, "v2");
}

}  // namespace zimnik::corpus
