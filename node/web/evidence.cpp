#include "node/web/evidence.h"

#include <algorithm>
#include <stdexcept>

#include "node/web/history.h"
#include "schema/audit/entry_text.h"
#include "schema/audit/evidence.h"
#include "schema/audit/row_name.h"
#include "schema/read/cell_rows.h"
#include "schema/read/in_words.h"
#include "schema/read/people.h"
#include "schema/tables.h"

namespace zimnik::node {

using journal::Evidence;

namespace {

constexpr const char* kNoRow = "Такой записи в журнале нет.";
constexpr const char* kNotYet =
    "Эти записи ещё не доказать: их узел не подписал их, или не заверен округом.";

struct Row {
  const sync::Table* table;
  sync::Key key;
};

/// Nothing where there is no such table, or its rows aren't shown, or it is no key of it.
std::optional<Row> row_of(const std::string& table, const std::string& key) {
  const auto* found = journal::journal_schema().find(table);
  if (found == nullptr || journal::has_secrets(*found)) return std::nullopt;
  try {
    return Row{found, journal::parse_key(*found, key)};
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

std::optional<Row> row_of(const net::Request& request) {
  return row_of(request.place.at("table"), request.place.at("key"));
}

std::string title_of(const std::string& table) {
  return journal::name_of(journal::Place{table, "", {}, {}, {}, {}});
}

/// `text` in a segment of a path.
std::string escaped(const std::string& text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string path;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = std::isalnum(byte) != 0 || c == ',' || c == '-' || c == '_';
    if (is_plain) {
      path += c;
    } else {
      path += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return path;
}

std::string author_name(sync::Database& database, const std::string& login) {
  const auto name = journal::author_name(database, login);
  return name == login ? login : name + " (" + login + ")";
}

web::Values version_values(sync::Database& database, const std::string& table,
                           const journal::EvidenceVersion& version,
                           const web::Translator& translate) {
  const auto& item = version.item;
  web::List acts;
  for (const auto& act : version.void_by) acts.push_back(web::Values{{"act", act.hex()}});
  return {{"text", said_in(database, table, version.part, item, translate)},
          {"detail", version.part + ": " + version.text},
          {"author", author_name(database, item.origin.author)},
          {"role", translate(journal::role_name(item.origin.role))},
          {"time", journal::second_text(item.stamp.time)},
          {"device", item.origin.device},
          {"site", item.stamp.site.hex()},
          {"seq", std::to_string(item.stamp.seq)},
          {"state", translate(status_word(item.status))},
          {"acts", acts},
          {"is_proven", version.is_proven},
          {"is_received", version.received.has_value()},
          {"received", version.received ? journal::second_text(*version.received) : ""}};
}

web::Values row_values(sync::Database& database, const Evidence& evidence,
                       const web::Translator& translate) {
  web::List versions;
  for (const auto& version : evidence.versions) {
    versions.push_back(version_values(database, evidence.table, version, translate));
  }
  return {{"title", translate(title_of(evidence.table))},
          {"about", evidence.about},
          {"table", evidence.table},
          {"key", evidence.key},
          {"path", "/evidence/" + evidence.table + "/" + escaped(evidence.key)},
          {"can_be_proven", evidence.can_be_proven()},
          {"versions", versions}};
}

/// A page of all of these that somebody ever wrote to.
net::Response page_of(Site& site, const net::Request& request, const Visitor& visitor,
                      const std::vector<Row>& rows) {
  auto values = site.frame(request, visitor);
  web::List shown;
  site.journal().with_replica([&](sync::Replica& replica) {
    for (const auto& row : rows) {
      const auto evidence = journal::evidence_of(replica, *row.table, row.key, site.now());
      if (evidence.versions.empty()) continue;
      shown.push_back(row_values(replica.database(), evidence, site.pages().translator(request)));
    }
  });
  if (shown.empty()) return site.refusal(request, 404, {kNoRow});
  values["rows"] = shown;
  values["now"] = journal::second_text(site.now());
  values["is_wide"] = true;
  return site.page(request, "evidence", "Доказательство записи", std::move(values));
}

}  // namespace

net::Response evidence_rows_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto& translate = site.pages().translator(request);
  const auto asked = request.query.get("table");
  const sync::Table* chosen = nullptr;
  web::List tables, rows;
  for (const auto& table : journal::journal_schema().tables) {
    if (journal::has_secrets(table)) continue;
    if (table.name == asked || (asked.empty() && table.name == "mark")) chosen = &table;
  }
  for (const auto& table : journal::journal_schema().tables) {
    if (journal::has_secrets(table)) continue;
    tables.push_back(web::Values{{"name", table.name},
                                 {"title", translate(title_of(table.name))},
                                 {"chosen", &table == chosen}});
  }
  if (chosen != nullptr) {
    const auto found = site.journal().read([&](sync::Database& database) {
      return journal::last_rows(database, *chosen, request.query.get("find"));
    });
    for (const auto& row : found) {
      rows.push_back(web::Values{{"path", "/evidence/" + chosen->name + "/" + escaped(row.key)},
                                 {"text", row.about.empty() ? row.key : row.about},
                                 {"key", row.key}});
    }
  }
  values["none"] = rows.empty();
  values["rows"] = rows;
  values["tables"] = tables;
  values["find"] = request.query.get("find");
  return site.page(request, "evidence_rows", "Доказательства", std::move(values));
}

net::Response evidence_page(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto row = row_of(request);
  if (!row) return site.refusal(request, 404, {kNoRow});
  return page_of(site, request, visitor, {*row});
}

net::Response cell_evidence_page(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto date = journal::Date::parse(request.place.at("date"));
  if (!date) return site.refusal(request, 404, {kNoRow});
  const journal::LessonKey lesson{number_from(request.place.at("course")), *date,
                                  number_from(request.place.at("number"))};
  std::vector<Row> rows;
  site.journal().read([&](sync::Database& database) {
    for (auto& row :
         journal::rows_of_cell(database, lesson, number_from(request.place.at("pupil")))) {
      rows.push_back({journal::journal_schema().find(row.table), std::move(row.key)});
    }
  });
  return page_of(site, request, visitor, rows);
}

net::Response proof_file(Site& site, const net::Request& request, const Visitor&) {
  const auto row = row_of(request);
  if (!row) return site.refusal(request, 404, {kNoRow});
  const auto proof = site.journal().with_replica([&](sync::Replica& replica) {
    replica.sign_heads(site.now());
    return replica.prove(row->table->name, row->key, "", false).proof;
  });
  if (proof.entries.empty()) return site.refusal(request, 404, {kNotYet});
  auto response = net::Response::bytes(sync::encode_proof(proof));
  response.content_type = "application/json";
  response.headers = {
      {"Content-Disposition", "attachment; filename=\"proof-" + row->table->name + ".json\""},
      {"X-Content-Type-Options", "nosniff"},
      {"Cache-Control", "no-store"}};
  return response;
}

}  // namespace zimnik::node
