#include "tests/bench/year_schema.h"

#include <stdexcept>

#include "schema/ids.h"
#include "sync/core/crypto.h"

namespace zimnik::bench {

using namespace sync;

namespace {

constexpr int kFirstYear = 2025;  ///< in which the trace's school year begins

constexpr const char* kInsertLesson =
    "INSERT INTO lesson (course, date, number, teacher, kind) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kUpdateLesson =
    "UPDATE lesson SET topic = coalesce(?4, topic), homework = coalesce(?5, homework), "
    "kind = coalesce(?6, kind) WHERE course = ?1 AND date = ?2 AND number = ?3";
constexpr const char* kInsertMark =
    "INSERT INTO mark (course, date, number, pupil, work, attempt, value, weight, work_type, "
    "comment) "
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
    "INSERT INTO final_mark (pupil, course, period, year, value) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kUpdateFinal =
    "UPDATE final_mark SET value = ?5 "
    "WHERE pupil = ?1 AND course = ?2 AND period = ?3 AND year = ?4";
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

void EditReader::add_keys_of_pupils(const std::vector<TraceLine>& lines, Keyring& keyring) const {
  for (const auto& line : lines) {
    if (line.table != "message" && line.table != "remark") continue;
    const Value pupil = id(string_of(line, "student_id"));
    if (keyring.key_of(pupil)) continue;
    const auto name = std::to_string(std::get<std::int64_t>(pupil));
    const auto half = [&](const char* which) { return sha256({"zimnik-bench", which, name}); };
    keyring.add_person_key(pupil, SivKey::from(std::string(half("first").view()) +
                                               std::string(half("second").view())));
  }
}

/// An id as the journal makes it, with chance that is the same in every run.
std::int64_t EditReader::id(const std::string& text) const {
  const auto hash = sha256({std::to_string(year_), text});
  return journal::make_id(kFirstYear + year_, Reader(hash.view(), "hash").fixed64("id"));
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
    edit.values.push_back(id(string_of(line, "teacher")));
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
    edit.values.push_back(value_of(line, "value"));
    edit.values.push_back(value_of(line, "weight"));
    edit.values.push_back(id(string_of(line, "kind")));
    edit.values.push_back(value_of(line, "comment"));
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
                        value_of(line, "period"), std::int64_t{kFirstYear + year_}};
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
  edit.is_personal = line.table == "remark" || line.table == "message";
  edit.t = line.t + shift_;
  edit.user = line.user;
  edit.day = edit.t / 86'400'000;
  return edit;
}

}  // namespace zimnik::bench
