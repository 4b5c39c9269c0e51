#include "tests/corpus/corpus.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "sync/core/encoding.h"
#include "tests/corpus/describe.h"

namespace zimnik::corpus {

using nlohmann::json;

namespace {

std::string unhex(const json& text) {
  const auto bytes = sync::from_hex(text.get<std::string>());
  if (!bytes) throw std::runtime_error("the manifest has no hexadecimal where it should");
  return *bytes;
}

template <class Fixed>
Fixed fixed(const json& text) {
  return Fixed::from(unhex(text));
}

}  // namespace

std::string hex_of(const sync::SiteRecord& record) {
  std::string bytes;
  sync::Writer writer(bytes);
  sync::write_site_record(writer, record);
  return sync::to_hex(bytes);
}

sync::SiteRecord record_of(const json& hex) {
  const auto bytes = unhex(hex);
  sync::Reader reader(bytes, "record");
  return sync::read_site_record(reader);
}

std::string read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + ": can't be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error(path + ": can't be written");
}

Cast Cast::from(const json& manifest) {
  Cast cast;
  cast.school = fixed<sync::SchoolId>(manifest.at("school"));
  cast.authority = fixed<sync::PublicKey>(manifest.at("authority"));
  for (const auto& key : manifest.at("keys")) {
    cast.keys.push_back({std::nullopt, fixed<sync::SivKey>(key.at("key"))});
    if (key.contains("person")) cast.keys.back().person = key.at("person").get<std::int64_t>();
  }
  for (const auto& [name, site] : manifest.at("sites").items()) {
    cast.records[name] = record_of(site.at("record"));
    cast.seeds[name] = unhex(site.at("seed"));
  }
  return cast;
}

json Cast::to_json() const {
  json sites = json::object();
  for (const auto& [name, record] : records) {
    sites[name] = {{"record", hex_of(record)}, {"seed", sync::to_hex(seeds.at(name))}};
  }
  return {{"school", school.hex()},
          {"authority", authority.hex()},
          {"keys", describe(keys)},
          {"sites", std::move(sites)}};
}

sync::Keyring Cast::keyring() const {
  sync::Keyring keyring;
  for (const auto& [person, key] : keys) {
    person ? keyring.add_person_key(*person, key) : keyring.add_school_key(key);
  }
  return keyring;
}

sync::Replica Cast::open(const std::string& path, const sync::Schema& schema,
                         const std::string& site) const {
  return {path,
          schema,
          school,
          authority,
          {records.at(site), sync::SigningKey::from_seed(seeds.at(site))},
          keyring()};
}

Corpus::Corpus(const std::string& folder) : folder_(folder) {
  const auto text = read_bytes(folder + "/manifest.json");
  manifest_ = json::parse(text);
  manifest_hash_ = sync::sha256({text}).hex();
}

std::string Corpus::bytes(const json& item) const {
  const auto file = item.at("file").get<std::string>();
  auto bytes = read_bytes(folder_ + "/" + file);
  if (sync::sha256({bytes}).hex() != item.at("sha256").get<std::string>()) {
    throw std::runtime_error(file + ": isn't what was released");
  }
  return bytes;
}

}  // namespace zimnik::corpus
