#include "tests/bench/year_schema.h"

#include <stdexcept>

#include "sync/core/crypto.h"

namespace zimnik::bench {

using namespace sync;

namespace {

Column integer(const char* name) { return {name, ColumnType::integer, {}}; }
Column text(const char* name) { return {name, ColumnType::text, {}}; }

constexpr const char* kInsertLesson =
    "INSERT INTO lesson (course, date, number, teacher, kind) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kUpdateLesson =
    "UPDATE lesson SET topic = coalesce(?4, topic), homework = coalesce(?5, homework), "
    "kind = coalesce(?6, kind) WHERE course = ?1 AND date = ?2 AND number = ?3";
constexpr const char* kInsertMark =
    "INSERT INTO mark (course, date, number, pupil, work, attempt, value, weight, kind, comment) "
    "VALUES (?, ?, ?, ?, 1, 1, ?, ?, ?, ?)";
constexpr const char* kUpdateMark =
    "UPDATE mark SET value = coalesce(?5, value), comment = coalesce(?6, comment) "
    "WHERE course = ?1 AND date = ?2 AND number = ?3 AND pupil = ?4 AND work = 1 AND attempt = 1";
constexpr const char* kDeleteMark =
    "DELETE FROM mark "
    "WHERE course = ?1 AND date = ?2 AND number = ?3 AND pupil = ?4 AND work = 1 AND attempt = 1";
constexpr const char* kInsertAttendance =
    "INSERT INTO attendance (course, date, number, pupil, code) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kUpdateAttendance =
    "UPDATE attendance SET code = ?5 "
    "WHERE course = ?1 AND date = ?2 AND number = ?3 AND pupil = ?4";
constexpr const char* kDeleteAttendance =
    "DELETE FROM attendance WHERE course = ?1 AND date = ?2 AND number = ?3 AND pupil = ?4";
constexpr const char* kInsertFinal =
    "INSERT INTO final_mark (pupil, course, period, value) VALUES (?, ?, ?, ?)";
constexpr const char* kUpdateFinal =
    "UPDATE final_mark SET value = ?4 WHERE pupil = ?1 AND course = ?2 AND period = ?3";
constexpr const char* kInsertRemark =
    "INSERT INTO remark (id, course, date, number, pupil, text) VALUES (?, ?, ?, ?, ?, ?)";
constexpr const char* kInsertMessage =
    "INSERT INTO message (id, pupil, thread, text) VALUES (?, ?, ?, ?)";

Value value_of(const TraceLine& line, const char* column) {
  const auto found = line.set.find(column);
  if (found == line.set.end() || found->second.is_null()) return Null{};
  if (found->second.is_number()) return found->second.get<std::int64_t>();
  return Text{found->second.get<std::string>()};
}

std::string string_of(const TraceLine& line, const char* column) {
  return line.set.at(column).get<std::string>();
}

}  // namespace

Schema year_schema() {
  const std::vector<Column> lesson = {integer("course"), text("date"), integer("number")};
  const std::vector<Column> of_pupil = {integer("course"), text("date"), integer("number"),
                                        integer("pupil")};
  auto mark = of_pupil;
  mark.push_back(integer("work"));
  mark.push_back(integer("attempt"));
  Schema schema;
  schema.tables = {
      {1,
       "lesson",
       Stream::shared,
       lesson,
       {{1, "assignment", {text("teacher")}},
        {2, "kind", {text("kind")}},
        {3, "topic", {text("topic")}},
        {4, "homework", {text("homework")}}},
       1},
      {2,
       "mark",
       Stream::shared,
       mark,
       {{1, "mark", {integer("value"), integer("weight"), text("kind"), text("comment")}}},
       1},
      {3, "attendance", Stream::shared, of_pupil, {{1, "code", {text("code")}}}, 1},
      {4,
       "final_mark",
       Stream::shared,
       {integer("pupil"), integer("course"), text("period")},
       {{1, "final", {text("value")}}},
       1},
      {5,
       "remark",
       Stream::shared,
       {integer("id")},
       {{1,
         "remark",
         {integer("course"), text("date"), integer("number"), integer("pupil"), text("text")}}},
       1},
      {6,
       "message",
       Stream::shared,
       {integer("id")},
       {{1, "message", {integer("pupil"), integer("thread"), text("text")}}},
       1},
  };
  return schema;
}

/// An id of 53 bits, as a journal would have it: 6 for the school year, so that what a year brings
/// lies together in the tables however old the school gets, then chance.
std::int64_t EditReader::id(const std::string& text) const {
  constexpr int kChanceBits = 47;
  const auto hash = sha256({std::to_string(year_), text});
  Reader reader(hash.view(), "hash");
  const auto chance = reader.fixed64("id") >> (64 - kChanceBits);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(year_ + 1) << kChanceBits | chance);
}

std::string EditReader::date(const std::string& iso) const {
  return std::to_string(std::stoi(iso.substr(0, 4)) + year_) + iso.substr(4);
}

Edit EditReader::read_lesson(const TraceLine& line) {
  Edit edit;
  if (line.set.contains("class_id")) {
    keys_[line.id] = {id(string_of(line, "class_id") + string_of(line, "subject")),
                      Text{date(string_of(line, "date"))}, value_of(line, "slot")};
    edit.sql = kInsertLesson;
    edit.values = keys_[line.id];
    edit.values.push_back(value_of(line, "teacher"));
    edit.values.push_back(value_of(line, "kind"));
    return edit;
  }
  edit.sql = kUpdateLesson;
  edit.values = keys_.at(line.id);
  for (const char* column : {"topic", "homework", "kind"}) {
    edit.values.push_back(value_of(line, column));
  }
  return edit;
}

Edit EditReader::read_of_pupil(const TraceLine& line) {
  const bool is_mark = line.table == "mark";
  const bool is_new = line.set.contains("lesson_id");
  if (is_new) {
    keys_[line.id] = keys_.at(string_of(line, "lesson_id"));
    keys_[line.id].push_back(id(string_of(line, "student_id")));
  }
  Edit edit;
  edit.values = keys_.at(line.id);
  edit.is_new_mark = is_mark && is_new;
  if (line.is_delete) {
    edit.sql = is_mark ? kDeleteMark : kDeleteAttendance;
  } else if (!is_mark) {
    edit.sql = is_new ? kInsertAttendance : kUpdateAttendance;
    edit.values.push_back(value_of(line, "code"));
  } else if (is_new) {
    edit.sql = kInsertMark;
    for (const char* column : {"value", "weight", "kind", "comment"}) {
      edit.values.push_back(value_of(line, column));
    }
  } else {
    edit.sql = kUpdateMark;
    edit.values.push_back(value_of(line, "value"));
    edit.values.push_back(value_of(line, "comment"));
  }
  return edit;
}

Edit EditReader::read(const TraceLine& line) {
  Edit edit;
  if (line.table == "lesson") {
    edit = read_lesson(line);
  } else if (line.table == "mark" || line.table == "attendance") {
    edit = read_of_pupil(line);
  } else if (line.table == "final_mark") {
    const bool is_new = line.set.contains("student_id");
    if (is_new) {
      keys_[line.id] = {id(string_of(line, "student_id")), id(string_of(line, "subject")),
                        value_of(line, "period")};
    }
    edit.sql = is_new ? kInsertFinal : kUpdateFinal;
    edit.values = keys_.at(line.id);
    edit.values.push_back(value_of(line, "value"));
  } else if (line.table == "remark") {
    edit.sql = kInsertRemark;
    edit.values = {id(line.id)};
    for (const auto& value : keys_.at(string_of(line, "lesson_id"))) edit.values.push_back(value);
    edit.values.push_back(id(string_of(line, "student_id")));
    edit.values.push_back(value_of(line, "text"));
  } else if (line.table == "message") {
    edit.sql = kInsertMessage;
    edit.values = {id(line.id), id(string_of(line, "student_id")), id(string_of(line, "thread")),
                   value_of(line, "text")};
  } else {
    throw std::runtime_error("a trace with an unknown table '" + line.table + "'");
  }
  edit.t = line.t + shift_;
  edit.user = line.user;
  edit.day = edit.t / 86'400'000;
  return edit;
}

}  // namespace zimnik::bench
