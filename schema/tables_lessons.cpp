// What happens in lessons: the journal's own pages.
#include "schema/tables_parts.h"

namespace zimnik::journal {

using sync::Stream;

std::vector<sync::Table> lesson_tables() {
  const std::vector<sync::Column> lesson = {integer("course"), text("date"), integer("number")};
  auto of_pupil = lesson;
  of_pupil.push_back(integer("pupil"));
  auto work = of_pupil;
  work.push_back(integer("work"));
  work.push_back(integer("attempt"));
  return {
      {15,
       "lesson",
       Stream::shared,
       lesson,
       {{1,
         "assignment",
         {integer("teacher"), integer("substitutes"), text("order_number")},
         by_document(2)},
        {2, "kind", {text("kind")}},
        {3, "topic", {text("topic"), text("topic_order")}, by_document(1)},
        {4,
         "homework",
         {text("homework"), integer("not_assigned"), text("homework_order")},
         by_document(2)},
        {5, "plan", {integer("plan_position")}}},
       1},
      {16,
       "attendance",
       Stream::shared,
       of_pupil,
       {{1, "fact", {text("code"), integer("late_minutes")}, sync::value_beats_clear()}},
       1},
      {17,
       "excuse",
       Stream::shared,
       {integer("pupil"), text("since")},
       {{1, "excuse", {text("until"), text("reason"), text("document")}}},
       1},
      {18,
       "mark",
       Stream::shared,
       work,
       {{1, "mark", {integer("value"), integer("weight"), integer("work_type"), text("comment")}},
        {2, "protocol", {text("protocol_number"), text("protocol_date")}}},
       1},
      {19,
       "final_mark",
       Stream::shared,
       {integer("pupil"), integer("course"), text("period"), integer("year")},
       {{1, "final", {text("value"), text("basis")}, by_document(1)},
        {2, "protocol", {text("protocol_number"), text("protocol_date")}}},
       1},
      {23,
       "remark",
       Stream::shared,
       {integer("id")},
       {{1,
         "remark",
         {integer("course"), text("date"), integer("number"), integer("pupil"),
          personal("text", "pupil")}}},
       1},
  };
}

std::vector<sync::Table> teaching_tables() {
  const std::vector<sync::Column> lesson = {integer("course"), text("date"), integer("number")};
  auto work = lesson;
  work.push_back(integer("work"));
  auto matter = lesson;
  matter.push_back(text("matter"));
  auto mark = lesson;
  for (const auto* name : {"pupil", "work", "attempt"}) mark.push_back(integer(name));
  return {
      {30,
       "lesson_plan",
       Stream::shared,
       {integer("course"), integer("position")},
       {{1,
         "line",
         {text("section"), text("topic"), integer("hours"), integer("work_type"),
          text("homework")}}},
       1},
      {31,
       "lesson_work",
       Stream::shared,
       work,
       {{1, "work", {integer("work_type"), integer("weight"), text("title")}}},
       1},
      {35,
       "rescheduled_lesson",
       Stream::shared,
       lesson,
       {{1, "move", {text("to_date"), integer("to_number"), text("order_number")}}},
       1},
      {36, "late_entry", Stream::shared, matter, {{1, "reason", {text("reason")}}}, 1},
      {37,
       "entry_review",
       Stream::shared,
       mark,
       {{1, "decision", {text("state"), text("reason")}}},
       1},
      {40,
       "final_deferral",
       Stream::shared,
       {integer("pupil"), integer("course"), text("period"), integer("year")},
       {{1, "deferral", {text("until"), text("reason"), text("document")}}},
       1},
  };
}

std::vector<sync::Table> supervision_tables() {
  return {
      {38,
       "inspection_remark",
       Stream::school,
       {integer("id")},
       {{1, "remark", {integer("course"), text("date"), text("text"), text("due")}},
        {2, "correction", {text("state"), text("note")}}},
       1},
      {39,
       "incident",
       Stream::shared,
       {integer("id")},
       {{1, "report", {text("login"), integer("reported_at"), text("what")}},
        {2, "principal", {integer("principal_received_at")}},
        {3, "support", {integer("support_received_at")}},
        {4, "outcome", {blob("act"), text("note")}}},
       1},
  };
}

}  // namespace zimnik::journal
