#include "node/web/papers.h"

#include "node/paper/documents.h"
#include "node/paper/pdf.h"
#include "node/web/summary_register.h"
#include "schema/audit/entry_text.h"
#include "schema/deadlines.h"
#include "sync/core/attestation.h"

namespace zimnik::node {

using paper::Paper;

namespace {

constexpr const char* kNoClass = "Такого класса нет, или он не Ваш.";
constexpr const char* kNoPupil = "Такого обучающегося нет, или он не из Вашего класса.";

std::optional<Paper> register_paper_of(sync::Database& database, std::int64_t school_class,
                                       const std::string& period, journal::Date today) {
  const auto page = journal::summary_register(database, school_class, period, today);
  return page ? std::optional(paper::register_paper(*page)) : std::nullopt;
}

std::optional<Paper> extract_paper_of(sync::Database& database, std::int64_t pupil,
                                      journal::Date today) {
  const auto extract = journal::extract_of(database, pupil, today);
  return extract ? std::optional(paper::extract_paper(*extract)) : std::nullopt;
}

/// The same document of today, by its name; nothing where there is none.
std::optional<Paper> remade(sync::Database& database, const std::string& name,
                            journal::Date today) {
  const auto first = name.find('/'), last = name.rfind('/');
  if (first == std::string::npos) return std::nullopt;
  const auto kind = name.substr(0, first);
  if (kind == "extract")
    return extract_paper_of(database, number_from(name.substr(first + 1)), today);
  if (kind != "register" || first == last) return std::nullopt;
  return register_paper_of(database, number_from(name.substr(first + 1, last - first - 1)),
                           name.substr(last + 1), today);
}

/// Attested and printed under the same lock: the code is of the state that was read.
net::Response pdf_response(Site& site,
                           const std::function<std::optional<Paper>(sync::Database&)>& make,
                           const std::string& file, const std::string& otherwise,
                           const net::Request& request) {
  std::optional<Paper> made;
  std::optional<sync::Attestation> code;
  site.journal().with_replica([&](sync::Replica& replica) {
    made = make(replica.database());
    if (made) code = replica.attest(made->name, paper::digest_of(*made), site.now());
  });
  if (!made) return site.refusal(request, 404, {otherwise});
  const auto when = journal::local_time(site.now()).text();
  auto response = net::Response::bytes(paper::pdf_of(
      *made, {paper::made_line(when), code ? sync::encode_attestation(*code) : std::string()}));
  response.content_type = "application/pdf";
  response.headers = {{"Content-Disposition", "inline; filename=\"" + file + ".pdf\""},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Cache-Control", "no-store"}};
  return response;
}

/// What the page says of a code that could be read.
void add_verdict(web::Values& values, sync::Replica& replica, const sync::Attestation& code,
                 journal::Date today) {
  const bool is_signed = sync::faults_of(code, replica.authority()).empty();
  const sync::LogId log{code.site.keys.id(), sync::Stream::shared};
  const bool is_revoked = replica.is_revoked(log.site);
  // A code that nobody signed names whatever its maker likes.
  const auto paper = is_signed ? remade(replica.database(), code.what, today) : std::nullopt;
  values["is_read"] = true;
  values["is_signed"] = is_signed && !is_revoked;
  values["is_held"] = is_signed && replica.holds_state(log, code.size, code.root);
  values["is_same"] = paper && paper::digest_of(*paper) == code.content;
  values["document"] = paper ? paper->title : code.what;
  values["print"] = code.content.hex().substr(0, 16);
  values["time"] = journal::second_text(code.time);
  values["site"] = log.site.hex();
  values["size"] = std::to_string(code.size);
  values["has_receipt"] = code.receipt.has_value();
  if (code.receipt) {
    values["received"] = journal::second_text(code.receipt->time);
    values["received_size"] = std::to_string(code.receipt->size);
  }
}

}  // namespace

net::Response register_pdf(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto school_class = number_from(request.place.at("school_class"));
  const auto today = site.today();
  const auto make = [&](sync::Database& database) -> std::optional<Paper> {
    if (!may_read_register(database, visitor, school_class, today)) return std::nullopt;
    return register_paper_of(
        database, school_class,
        register_period(database, school_class, request.query.get("period"), today), today);
  };
  return pdf_response(site, make, "register-" + std::to_string(school_class), kNoClass, request);
}

net::Response extract_pdf(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = number_from(request.place.at("pupil"));
  const auto today = site.today();
  const auto make = [&](sync::Database& database) -> std::optional<Paper> {
    const auto school_class = journal::last_class_of_pupil(database, pupil, today);
    const bool may =
        school_class && journal::may_care_for_class(database, visitor.person, *school_class, today);
    return may ? extract_paper_of(database, pupil, today) : std::nullopt;
  };
  return pdf_response(site, make, "extract-" + std::to_string(pupil), kNoPupil, request);
}

net::Response paper_check_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto text = request.query.get("code");
  values["code"] = text;
  try {
    if (!text.empty()) {
      const auto code = sync::decode_attestation(text);
      site.journal().with_replica(
          [&](sync::Replica& replica) { add_verdict(values, replica, code, site.today()); });
    }
  } catch (const sync::Refused&) {
    values["is_no_code"] = true;
  }
  return site.page(request, "paper_check", "Проверка документа", std::move(values));
}

}  // namespace zimnik::node
