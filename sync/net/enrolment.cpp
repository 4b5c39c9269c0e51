#include "sync/net/enrolment.h"

#include <nlohmann/json.hpp>

#include "sync/core/bytes.h"
#include "sync/core/encoding.h"
#include "sync/net/limits.h"

namespace zimnik::net {
namespace {

using Json = nlohmann::json;

constexpr int kDepth = 3;  // of nested objects and arrays

Json parse(std::string_view text, std::size_t most) {
  if (text.size() > most) throw sync::Refused("JSON that is too long");
  const auto bounded = [](int depth, Json::parse_event_t, Json&) {
    if (depth > kDepth) throw sync::Refused("JSON that is nested too deep");
    return true;
  };
  try {
    auto json = Json::parse(text, bounded);
    if (json.is_object()) return json;
  } catch (const Json::exception&) {
  }
  throw sync::Refused("not a JSON object");
}

std::string text(const Json& json, const char* name, std::size_t most) {
  const auto it = json.find(name);
  if (it == json.end() || !it->is_string()) {
    throw sync::Refused(std::string("no text \"") + name + "\"");
  }
  auto value = it->get<std::string>();
  if (value.size() > most || !sync::is_text(value)) {
    throw sync::Refused(std::string("\"") + name + "\" doesn't hold");
  }
  return value;
}

std::string bytes(const Json& json, const char* name, std::size_t size) {
  const auto value = sync::from_hex(text(json, name, size * 2));
  if (!value || value->size() != size) {
    throw sync::Refused(std::string("\"") + name + "\" isn't so many bytes in hexadecimal");
  }
  return *value;
}

template <class Fixed>
Fixed fixed(const Json& json, const char* name) {
  return Fixed::from(bytes(json, name, Fixed::kSize));
}

constexpr std::size_t kRecordBytes = 16 + 32 + 33 + 1 + 64;

std::string to_text(const sync::SiteRecord& record) {
  std::string encoded;
  sync::Writer writer(encoded);
  sync::write_site_record(writer, record);
  return sync::to_hex(encoded);
}

sync::SiteRecord read_record(std::string_view encoded) {
  sync::Reader reader(encoded, "site record");
  const auto record = sync::read_site_record(reader);
  reader.expect_end("site record");
  return record;
}

constexpr std::pair<sync::SiteKind, const char*> kKinds[] = {{sync::SiteKind::laptop, "laptop"},
                                                             {sync::SiteKind::node, "node"},
                                                             {sync::SiteKind::hub, "hub"}};

const char* name_of(sync::SiteKind kind) {
  for (const auto& [known, name] : kKinds) {
    if (known == kind) return name;
  }
  return "";
}

sync::SiteKind read_kind(const Json& json) {
  const auto value = text(json, "kind", 16);
  for (const auto& [kind, name] : kKinds) {
    if (value == name) return kind;
  }
  throw sync::Refused("\"kind\" is none of laptop, node, hub");
}

std::string signed_bytes(const EnrolmentRequest& request) {
  std::string result = "zimnik enrolment 1";
  sync::Writer writer(result);
  writer.raw(request.secret ? request.secret->view() : TokenSecret().view());
  writer.byte(static_cast<std::uint8_t>(request.kind));
  writer.sized(request.name);
  writer.sized(request.certificate_request);
  return result;
}

std::string signed_bytes(const SuccessionRequest& request) {
  std::string result = "zimnik succession 1";
  sync::Writer writer(result);
  writer.fixed(request.predecessor);
  writer.sized(signed_bytes(request.successor));
  return result;
}

Json to_json(const EnrolmentRequest& request) {
  Json json = {{"certificate_request", request.certificate_request},
               {"kind", name_of(request.kind)},
               {"name", request.name},
               {"signature", request.signature.hex()},
               {"signing", request.signing.hex()}};
  if (request.secret) json["token"] = request.secret->hex();
  if (request.school) json["school"] = request.school->hex();
  if (request.former) json["former"] = request.former->hex();
  return json;
}

EnrolmentRequest read_request(const Json& json) {
  EnrolmentRequest request;
  if (json.contains("token")) request.secret = fixed<TokenSecret>(json, "token");
  if (json.contains("school")) request.school = fixed<sync::SchoolId>(json, "school");
  if (json.contains("former")) request.former = fixed<sync::SiteId>(json, "former");
  request.certificate_request = text(json, "certificate_request", limits::kPemBytes);
  request.kind = read_kind(json);
  request.name = text(json, "name", limits::kNameBytes);
  request.signature = fixed<sync::Signature>(json, "signature");
  request.signing = fixed<sync::PublicKey>(json, "signing");
  return request;
}

}  // namespace

EnrolmentRequest EnrolmentRequest::make(const SiteSecret& site,
                                        const std::optional<TokenSecret>& secret,
                                        sync::SiteKind kind, const std::string& name) {
  EnrolmentRequest request;
  request.secret = secret;
  request.certificate_request = net::certificate_request(site);
  request.signing = site.keys().signing;
  request.kind = kind;
  request.name = name;
  request.signature = site.signing().sign(signed_bytes(request));
  return request;
}

sync::SiteKeys EnrolmentRequest::proven_keys() const {
  if (!sync::verify(signing, signed_bytes(*this), signature)) {
    throw sync::Refused("the request isn't signed by the site's key");
  }
  return {signing, requested_key(certificate_request)};
}

SuccessionRequest SuccessionRequest::make(const SiteSecret& predecessor,
                                          const SiteSecret& successor, sync::SiteKind kind,
                                          const std::string& name) {
  SuccessionRequest request{
      EnrolmentRequest::make(successor, std::nullopt, kind, name), predecessor.id(), {}};
  request.signature = predecessor.signing().sign(signed_bytes(request));
  return request;
}

bool SuccessionRequest::is_signed_by(const sync::SiteKeys& site) const {
  return site.id() == predecessor && sync::verify(site.signing, signed_bytes(*this), signature);
}

std::string encode(const EnrolmentRequest& request) { return to_json(request).dump(); }

std::string encode(const SuccessionRequest& request) {
  auto json = to_json(request.successor);
  json["predecessor"] = request.predecessor.hex();
  json["predecessor_signature"] = request.signature.hex();
  return json.dump();
}

std::string encode(const EnrolmentReply& reply) {
  Json records = Json::array();
  for (const auto& record : reply.records) records.push_back(to_text(record));
  return Json{{"authority", reply.authority_pem},    {"certificate", reply.certificate_pem},
              {"record", to_text(reply.record)},     {"records", records},
              {"school", reply.record.school.hex()}, {"school_name", reply.school_name}}
      .dump();
}

EnrolmentRequest decode_enrolment_request(std::string_view json_text) {
  return read_request(parse(json_text, limits::kEnrolmentBytes));
}

SuccessionRequest decode_succession_request(std::string_view json_text) {
  const auto json = parse(json_text, limits::kEnrolmentBytes);
  return {read_request(json), fixed<sync::SiteId>(json, "predecessor"),
          fixed<sync::Signature>(json, "predecessor_signature")};
}

EnrolmentReply decode_enrolment_reply(std::string_view json_text) {
  const auto json = parse(json_text, limits::kEnrolmentReplyBytes);
  EnrolmentReply reply;
  reply.authority_pem = text(json, "authority", limits::kPemBytes);
  reply.certificate_pem = text(json, "certificate", limits::kPemBytes);
  reply.record = read_record(bytes(json, "record", kRecordBytes));
  reply.school_name = text(json, "school_name", limits::kNameBytes);
  if (fixed<sync::SchoolId>(json, "school") != reply.record.school) {
    throw sync::Refused("\"school\" isn't that of the record");
  }
  const auto records = json.find("records");
  if (records == json.end() || !records->is_array() ||
      records->size() > limits::kEnrolmentRecords) {
    throw sync::Refused("no list \"records\", or one that is too long");
  }
  for (const auto& item : *records) {
    const auto encoded = item.is_string() ? sync::from_hex(item.get<std::string>()) : std::nullopt;
    if (!encoded) throw sync::Refused("a record that isn't in hexadecimal");
    reply.records.push_back(read_record(*encoded));
  }
  return reply;
}

}  // namespace zimnik::net
