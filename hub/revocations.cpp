#include "hub/revocations.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "sync/core/encoding.h"
#include "sync/core/limits.h"
#include "sync/net/private_file.h"

namespace zimnik::hub {
namespace {

using nlohmann::json;

constexpr std::size_t kMostBytes = 16 * 1024 * 1024;

std::string bytes_of(const sync::SiteRecord& record) {
  std::string bytes;
  sync::Writer writer(bytes);
  sync::write_site_record(writer, record);
  return bytes;
}

std::string signed_bytes(const Revoked& revoked) {
  std::string bytes = "zimnik revocation 1";
  sync::Writer writer(bytes);
  sync::write_site_record(writer, revoked.site);
  writer.byte(revoked.is_in_force ? 1 : 0);
  writer.varint(revoked.shared_from);
  writer.varint(revoked.school_from);
  writer.fixed64(static_cast<std::uint64_t>(revoked.at.ms));
  return bytes;
}

std::string from_hex(const json& value) {
  const auto bytes = sync::from_hex(value.get<std::string>());
  if (!bytes) throw std::runtime_error("not hexadecimal");
  return *bytes;
}

Revoked read_line(const std::string& line, const sync::PublicKey& authority) {
  const auto object = json::parse(line);
  const auto record = from_hex(object.at("site"));
  sync::Reader reader(record, "site record");
  Revoked revoked;
  revoked.site = sync::read_site_record(reader);
  reader.expect_end("site record");
  revoked.is_in_force = object.at("in_force").get<bool>();
  revoked.shared_from = object.at("shared_from").get<std::uint64_t>();
  revoked.school_from = object.at("school_from").get<std::uint64_t>();
  revoked.at.ms = object.at("at_ms").get<std::int64_t>();
  const auto signature = from_hex(object.at("signature"));
  const bool is_signed =
      signature.size() == sync::Signature::kSize &&
      sync::verify(authority, signed_bytes(revoked), sync::Signature::from(signature));
  if (!is_signed) throw std::runtime_error("not signed by this region's authority");
  return revoked;
}

/// The file's whole lines: the end of one that a power cut broke off was never said to be written.
std::string whole_lines(const std::string& path) {
  if (!std::filesystem::exists(path)) return "";
  auto text = net::read_file(path, kMostBytes);
  text.resize(text.find_last_of('\n') + 1);
  return text;
}

/// What acts in force make void of a site.
sync::VoidSite void_part(const std::vector<sync::ListedAct>& acts, const sync::SiteId& site) {
  sync::VoidSite all{site, sync::limits::kSeq, sync::limits::kSeq};
  for (const auto& act : acts) {
    const auto* what = std::get_if<sync::VoidSite>(&act.act.what);
    if (what == nullptr || what->site != site || !act.in_force) continue;
    all.shared_from = std::min(all.shared_from, what->shared_from);
    all.school_from = std::min(all.school_from, what->school_from);
  }
  return all;
}

}  // namespace

void note_revocation(const std::string& path, const Revoked& revoked,
                     const net::CertificateAuthority& authority) {
  const json line{{"school", revoked.site.school.hex()},
                  {"id", revoked.site.keys.id().hex()},
                  {"site", sync::to_hex(bytes_of(revoked.site))},
                  {"in_force", revoked.is_in_force},
                  {"shared_from", revoked.shared_from},
                  {"school_from", revoked.school_from},
                  {"at_ms", revoked.at.ms},
                  {"signature", authority.signature_of(signed_bytes(revoked)).hex()}};
  net::write_private_file(path, whole_lines(path) + line.dump() + "\n");
}

std::vector<Revoked> read_revocations(const std::string& path, const sync::PublicKey& authority) {
  std::istringstream file(whole_lines(path));
  std::vector<Revoked> known;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    try {
      const auto revoked = read_line(line, authority);
      std::erase_if(known, [&](const Revoked& it) {
        return it.site.keys == revoked.site.keys && it.site.school == revoked.site.school;
      });
      known.push_back(revoked);
    } catch (const std::exception& error) {
      throw std::runtime_error(path + ", строка " + std::to_string(number) + ": " + error.what());
    }
  }
  return known;
}

void note_revocations(const std::string& path, sync::Replica& replica,
                      const net::CertificateAuthority& authority, sync::Time now) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  const auto known = read_revocations(path, authority.public_key());
  const auto acts = replica.acts();
  for (const auto& site : replica.sites()) {
    if (!site.record.is_signed_by(authority.public_key())) continue;
    const auto what = void_part(acts, site.record.keys.id());
    Revoked revoked{site.record, site.revoked, what.shared_from, what.school_from, now};
    const auto said = std::find_if(known.begin(), known.end(), [&](const Revoked& it) {
      return it.site.keys == site.record.keys && it.site.school == site.record.school;
    });
    if (said == known.end() && !site.revoked) continue;
    if (said != known.end()) revoked.at = said->at;
    if (said != known.end() && *said == revoked) continue;
    revoked.at = now;
    note_revocation(path, revoked, authority);
  }
}

void reapply_revocations(sync::Replica& replica, const sync::SchoolId& school,
                         const std::vector<Revoked>& revoked, sync::Time now) {
  const sync::Entry entry{
      {"operator", "operator", sync::rank::kOperator, "restore"}, now, {}, replica.seen()};
  for (const auto& it : revoked) {
    if (it.site.school != school || !it.is_in_force) continue;
    const auto id = it.site.keys.id();
    replica.add_site(it.site);
    if (replica.is_revoked(id)) continue;
    replica.act(entry, sync::VoidSite{id, it.shared_from, it.school_from},
                "отозван до восстановления сервера региона из копии");
  }
}

}  // namespace zimnik::hub
