#include "hub/revocations.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "hub/hub.h"
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

[[noreturn]] void fail(const std::string& path, std::ptrdiff_t line, const std::string& why) {
  throw std::runtime_error(path + ", строка " + std::to_string(line) + ": " + why);
}

/// All that is in the file; empty where there is none. It is only ever replaced by a longer one
/// that is whole: where it is empty, or its last line has no end, it is damaged.
std::string text_of(const std::string& path) {
  if (!std::filesystem::exists(path)) return "";
  auto text = net::read_file(path, kMostBytes);
  if (text.empty()) fail(path, 1, "файл пуст: он повреждён");
  const auto lines = std::count(text.begin(), text.end(), '\n');
  if (text.back() != '\n') fail(path, lines + 1, "строка оборвана: файл повреждён");
  return text;
}

std::string line_of(const Revoked& revoked, const net::CertificateAuthority& authority) {
  const json line{{"school", revoked.site.school.hex()},
                  {"id", revoked.site.keys.id().hex()},
                  {"site", sync::to_hex(bytes_of(revoked.site))},
                  {"in_force", revoked.is_in_force},
                  {"shared_from", revoked.shared_from},
                  {"school_from", revoked.school_from},
                  {"at_ms", revoked.at.ms},
                  {"signature", authority.signature_of(signed_bytes(revoked)).hex()}};
  return line.dump() + "\n";
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
  net::write_private_file(path, text_of(path) + line_of(revoked, authority));
}

std::vector<Revoked> read_revocations(const std::string& path, const sync::PublicKey& authority) {
  std::istringstream file(text_of(path));
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
      fail(path, number, error.what());
    }
  }
  return known;
}

namespace {

/// Lines for each certified site of which it isn't known what this school's acts do.
std::string news_of(sync::Replica& replica, const std::vector<Revoked>& known,
                    const net::CertificateAuthority& authority, sync::Time now) {
  std::string lines;
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
    lines += line_of(revoked, authority);
  }
  return lines;
}

}  // namespace

void note_revocations(Hub& hub, School& school) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  const auto path = hub.folder().revocations();
  const auto known = read_revocations(path, hub.authority().public_key());
  auto text = text_of(path);
  const auto before = text.size();
  for (auto* it : text.empty() ? hub.schools() : std::vector{&school}) {
    try {
      text += news_of(it->lock().replica, known, hub.authority(), hub.now());
    } catch (const std::runtime_error& error) {
      throw std::runtime_error("школа «" + it->entry().name + "» не читается: " + error.what());
    }
  }
  if (text.size() > before) net::write_private_file(path, text);
}

std::size_t reapply_revocations(sync::Replica& replica, const sync::SchoolId& school,
                                const std::vector<Revoked>& revoked, sync::Time now) {
  std::size_t in_force = 0;
  const sync::Entry entry{
      {"operator", "operator", sync::rank::kOperator, "restore"}, now, {}, replica.seen()};
  for (const auto& it : revoked) {
    if (it.site.school != school || !it.is_in_force) continue;
    ++in_force;
    const auto id = it.site.keys.id();
    replica.add_site(it.site);
    if (replica.is_revoked(id)) continue;
    replica.act(entry, sync::VoidSite{id, it.shared_from, it.school_from},
                "отозван до восстановления сервера региона из копии");
  }
  return in_force;
}

}  // namespace zimnik::hub
