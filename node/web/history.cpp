#include "node/web/history.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "schema/deadlines.h"
#include "schema/read/cell_rows.h"
#include "schema/read/in_words.h"

namespace zimnik::node {

using nlohmann::json;

namespace {

struct Cell {
  journal::LessonKey lesson;
  std::int64_t pupil = 0;
};

/// Nothing where it is no lesson and no pupil.
std::optional<Cell> cell_of(const net::Request& request) {
  const auto date = journal::Date::parse(request.place.at("date"));
  if (!date) return std::nullopt;
  return Cell{
      {number_from(request.place.at("course")), *date, number_from(request.place.at("number"))},
      number_from(request.place.at("pupil"))};
}

class History {
 public:
  History(sync::Replica& replica, const web::Translator& translate)
      : replica_(replica), translate_(translate) {}

  void add(const std::string& what, const std::string& table, const sync::Key& key,
           const std::string& group) {
    for (const auto& version : replica_.history(table, key, group)) {
      versions_.push_back(
          {{version.stamp.time.ms, version.arrival},
           {{"time", journal::local_time(version.stamp.time).text()},
            {"what", translate_(what)},
            {"text", said_in(replica_.database(), table, group, version, translate_)},
            {"author", journal::author_name(replica_.database(), version.origin.author)},
            {"role", translate_(journal::role_name(version.origin.role))},
            {"device", version.origin.device},
            {"state", translate_(status_word(version.status))}}});
    }
  }

  json take() {
    std::sort(versions_.begin(), versions_.end(),
              [](const auto& left, const auto& right) { return left.first > right.first; });
    json list = json::array();
    for (auto& [place, version] : versions_) list.push_back(std::move(version));
    return list;
  }

 private:
  sync::Replica& replica_;
  const web::Translator& translate_;
  using Place = std::pair<std::int64_t, std::uint64_t>;  ///< time, arrival
  std::vector<std::pair<Place, json>> versions_;
};

}  // namespace

std::string status_word(sync::Status status) {
  switch (status) {
    case sync::Status::shown:
    case sync::Status::equal:
      return "показано";
    case sync::Status::conflicting:
      return "расхождение";
    case sync::Status::superseded:
      return "заменено";
    case sync::Status::is_void:
      return "отменено актом";
    case sync::Status::deleted:
      return "стёрто";
    default:
      return "не прочитать";
  }
}

std::string said_in(sync::Database& database, const std::string& table, const std::string& group,
                    const sync::HistoryItem& version, const web::Translator& translate) {
  std::string text;
  for (const auto& phrase : journal::values_in_words(database, table, group, version)) {
    text += (text.empty() ? "" : " · ") + translate(phrase);
  }
  return text;
}

net::Response history_json(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto cell = cell_of(request);
  const bool may = cell && site.journal().read([&](sync::Database& database) {
    return journal::may_read_course(database, visitor.person, cell->lesson.course, site.today());
  });
  if (!may) return site.json(request, {{"error", "no such course"}}, 404);
  return site.json(request, site.journal().with_replica([&](sync::Replica& replica) {
    History history(replica, site.pages().translator(request));
    for (const auto& row : journal::rows_of_cell(replica.database(), cell->lesson, cell->pupil)) {
      if (row.table == "attendance") history.add("Посещаемость", row.table, row.key, "fact");
      if (row.table != "mark") continue;
      history.add("Отметка", row.table, row.key, "mark");
      history.add("Протокол", row.table, row.key, "protocol");
    }
    return history.take();
  }));
}

}  // namespace zimnik::node
