// A proof as JSON: one form for each proof, and a checksum, so that what was damaged on its way is
// told from what was forged.
#include <nlohmann/json.hpp>
#include <set>

#include "sync/core/encoding.h"
#include "sync/core/limits.h"
#include "sync/core/proof.h"

namespace zimnik::sync {
namespace {

using Json = nlohmann::json;

constexpr const char* kFormat = "proof 1";
constexpr int kDepth = 6;  // of nested objects and arrays
constexpr std::size_t kRecordBytes = 16 + 32 + 33 + 1 + 64;

std::string json_of(const SiteRecord& record) {
  std::string bytes;
  Writer writer(bytes);
  write_site_record(writer, record);
  return to_hex(bytes);
}

Json json_of(const SignedPath& path) {
  auto hashes = Json::array();
  for (const auto& hash : path.path) hashes.push_back(hash.hex());
  return {{"size", path.size},
          {"time", path.time.ms},
          {"signature", path.signature.hex()},
          {"path", std::move(hashes)}};
}

Json json_of(const ProvenLeaf& leaf) {
  Json json{{"leaf", to_hex(leaf.leaf)}, {"head", json_of(leaf.head)}};
  if (leaf.hub) {
    json["receipt"] = json_of(leaf.receipt);
    json["receipt"]["hub"] = leaf.hub->hex();
  }
  if (!leaf.stated.empty()) json["stated"] = to_hex(leaf.stated);
  return json;
}

Json json_of(const Proof& proof) {
  Json json{{"zimnik", kFormat},        {"school", proof.school.hex()},
            {"table", proof.table},     {"key", to_hex(proof.key.bytes)},
            {"sites", Json::array()},   {"vouchers", Json::array()},
            {"entries", Json::array()}, {"keys", Json::array()}};
  for (const auto& site : proof.sites) json["sites"].push_back(json_of(site));
  for (const auto& leaf : proof.vouchers) json["vouchers"].push_back(json_of(leaf));
  for (const auto& leaf : proof.entries) json["entries"].push_back(json_of(leaf));
  for (const auto& key : proof.keys) json["keys"].push_back(key.hex());
  json["checksum"] = sha256({"zimnik proof", json.dump()}).hex();
  return json;
}

/// Reads what may be anything. Each read names its member; throws Refused.
class ProofReader {
 public:
  Proof read(std::string_view text) {
    const auto json = parse(text);
    if (!json.is_object() || member(json, "zimnik") != kFormat) {
      throw Refused("not a proof, or one that isn't known here");
    }
    Proof proof;
    proof.school = fixed<SchoolId>(json, "school");
    proof.table = static_cast<std::uint32_t>(number(json, "table", UINT32_MAX));
    proof.key.bytes = bytes(member(json, "key"), "key", limits::kKeyBytes);
    check_key(proof.key);
    for (const auto& it : list(json, "sites", limits::kSiteRecords)) {
      const auto record = bytes(it, "sites", kRecordBytes);
      Reader reader(record, "site record");
      proof.sites.push_back(read_site_record(reader));
      reader.expect_end("end");
    }
    for (const auto& it : list(json, "vouchers", limits::kProofLeaves)) {
      proof.vouchers.push_back(leaf(it));
    }
    for (const auto& it : list(json, "entries", limits::kProofLeaves)) {
      proof.entries.push_back(leaf(it));
    }
    for (const auto& it : list(json, "keys", limits::kProofKeys)) {
      proof.keys.push_back(fixed<SivKey>(it, "keys"));
    }
    const auto whole = json_of(proof);
    if (member(json, "checksum") != whole["checksum"]) {
      throw Refused("proof: its checksum isn't that of its members: it was damaged");
    }
    if (json != whole) throw Refused("proof: has members that no proof has");
    return proof;
  }

 private:
  static Json parse(std::string_view text) {
    if (text.size() > limits::kProofBytes) throw Refused("proof: over the bound");
    // To the parser a text ends there.
    if (text.find('\0') != text.npos) throw Refused("proof: has a byte that is no text");
    std::vector<std::set<std::string>> names(kDepth + 2);  // by depth
    const auto bounded = [&](int depth, Json::parse_event_t event, Json& json) {
      if (depth > kDepth) throw Refused("proof: nested too deep");
      auto& known = names[static_cast<std::size_t>(depth)];
      if (event == Json::parse_event_t::object_end)
        names[static_cast<std::size_t>(depth) + 1].clear();
      if (event == Json::parse_event_t::key && !known.insert(json.get<std::string>()).second) {
        refuse(json.get<std::string>(), "is there twice");
      }
      return true;
    };
    try {
      return Json::parse(text, bounded);
    } catch (const Json::exception&) {
      throw Refused("proof: not JSON, or cut off");
    }
  }

  [[noreturn]] static void refuse(const std::string& name, const std::string& why) {
    throw Refused("proof: \"" + name + "\" " + why);
  }

  static const Json& member(const Json& json, const char* name) {
    const auto it = json.is_object() ? json.find(name) : json.end();
    if (it == json.end()) refuse(name, "is missing");
    return *it;
  }

  static std::uint64_t number(const Json& json, const char* name, std::uint64_t most) {
    const auto& value = member(json, name);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most) {
      refuse(name, "isn't a number from 0 to " + std::to_string(most));
    }
    return value.get<std::uint64_t>();
  }

  static Time time(const Json& json) {
    const auto& value = member(json, "time");
    const bool fits = value.is_number_integer() &&
                      (!value.is_number_unsigned() || value.get<std::uint64_t>() <= INT64_MAX);
    if (!fits) refuse("time", "isn't a time in milliseconds");
    return {value.get<std::int64_t>()};
  }

  static const Json& list(const Json& json, const char* name, std::size_t most) {
    const auto& value = member(json, name);
    if (!value.is_array() || value.size() > most) {
      refuse(name, "isn't a list of at most " + std::to_string(most));
    }
    return value;
  }

  static std::string bytes(const Json& value, const char* name, std::size_t most) {
    const auto* text = value.get_ptr<const std::string*>();
    if (text == nullptr || text->size() > 2 * most || text->size() % 2 != 0) {
      refuse(name, "isn't at most " + std::to_string(most) + " bytes in hexadecimal");
    }
    const auto bytes = from_hex(*text);
    if (!bytes) refuse(name, "isn't hexadecimal");
    return *bytes;
  }

  template <class Fixed>
  static Fixed fixed(const Json& value, const char* name) {
    const auto read = bytes(value.is_object() ? member(value, name) : value, name, Fixed::kSize);
    if (read.size() != Fixed::kSize) refuse(name, "is too short");
    return Fixed::from(read);
  }

  static SignedPath path(const Json& json) {
    SignedPath path;
    path.size = number(json, "size", limits::kSeq);
    path.time = time(json);
    path.signature = fixed<Signature>(json, "signature");
    for (const auto& hash : list(json, "path", limits::kProofHashes)) {
      path.path.push_back(fixed<Hash>(hash, "path"));
    }
    return path;
  }

  static ProvenLeaf leaf(const Json& json) {
    ProvenLeaf leaf;
    leaf.leaf = bytes(member(json, "leaf"), "leaf", limits::kLeafBytes);
    leaf.head = path(member(json, "head"));
    if (json.contains("receipt")) {
      leaf.hub = fixed<SiteId>(json["receipt"], "hub");
      leaf.receipt = path(json["receipt"]);
    }
    if (json.contains("stated")) leaf.stated = bytes(json["stated"], "stated", limits::kLeafBytes);
    return leaf;
  }
};

}  // namespace

std::string encode_proof(const Proof& proof) { return json_of(proof).dump(1) + "\n"; }

Proof decode_proof(std::string_view text) { return ProofReader().read(text); }

}  // namespace zimnik::sync
