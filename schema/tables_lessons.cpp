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
         by_document(2)}},
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
       {{1, "final", {text("value"), text("basis")}, by_document(1)}},
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

}  // namespace zimnik::journal
