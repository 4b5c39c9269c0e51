#include "tests/sync/store/generations.h"

namespace zimnik::sync::test {
namespace {

constexpr auto kInteger = ColumnType::integer;
constexpr auto kText = ColumnType::text;

Schema first() {
  return {
      1,
      {{1,
        "mark",
        Stream::shared,
        {{"lesson", kInteger}, {"pupil", kInteger}},
        {{1, "made", {{"maker", kText}}}, {2, "grade", {{"value", kInteger}, {"comment", kText}}}},
        1},
       {2,
        "person",
        Stream::shared,
        {{"id", kInteger}},
        {{1, "contact", {{"phone", kText, "id"}}}},
        {}},
       {3, "minutes", Stream::school, {{"id", kInteger}}, {{1, "body", {{"body", kText}}}}, 1}}};
}

Schema second() {
  return {2,
          {{1,
            "mark",
            Stream::shared,
            {{"lesson", kInteger}, {"pupil", kInteger}},
            {{1, "made", {{"maker", kText}}},
             {2, "grade", {{"value", kInteger}, {"comment", kText}}},
             {3, "note", {{"note", kText}}}},
            1},
           {2,
            "person",
            Stream::shared,
            {{"id", kInteger}},
            {{1, "contact", {{"phone", kText, "id"}}}},
            {}},
           {3, "minutes", Stream::school, {{"id", kInteger}}, {{1, "body", {{"body", kText}}}}, 1},
           {4,
            "homework",
            Stream::shared,
            {{"lesson", kInteger}},
            {{1, "content", {{"content", kText}}}},
            {}}}};
}

Schema third() {
  return {3,
          {{1,
            "mark",
            Stream::shared,
            {{"lesson", kInteger}, {"pupil", kInteger}},
            {{1, "made", {{"maker", kText}}},
             {2, "grade", {{"value", kInteger}, {"comment", kText}}},
             {3, "note", {{"note", kText}}}},
            1},
           {2,
            "person",
            Stream::shared,
            {{"id", kInteger}},
            {{1, "contact", {{"phone", kText, "id"}}}, {2, "class", {{"class", kText}}}},
            {}},
           {3,
            "minutes",
            Stream::school,
            {{"id", kInteger}},
            {{1, "body", {{"body", kText}}}, {2, "seal", {{"signed_by", kText}}}},
            1},
           {4,
            "homework",
            Stream::shared,
            {{"lesson", kInteger}},
            {{1, "content", {{"content", kText}}}},
            {}},
           {5,
            "notice",
            Stream::school,
            {{"id", kInteger}},
            {{1, "body", {{"body", kText}}}, {2, "till", {{"till", kText}}}},
            1}}};
}

Schema fourth() {
  return {4,
          {{1,
            "mark",
            Stream::shared,
            {{"lesson", kInteger}, {"pupil", kInteger}},
            {{1, "made", {{"maker", kText}}},
             {2, "grade", {{"value", kInteger}, {"comment", kText}}},
             {3, "note", {{"note", kText}}},
             {4, "kind", {{"kind", kText}}, value_beats_clear()}},
            1},
           {2,
            "person",
            Stream::shared,
            {{"id", kInteger}},
            {{1, "contact", {{"phone", kText, "id"}}}, {2, "class", {{"class", kText}}}},
            {}},
           {3,
            "minutes",
            Stream::school,
            {{"id", kInteger}},
            {{1, "body", {{"body", kText}}}, {2, "seal", {{"signed_by", kText}}}},
            1},
           {4,
            "homework",
            Stream::shared,
            {{"lesson", kInteger}},
            {{1, "content", {{"content", kText}}}, {2, "due", {{"due", kText}}}},
            {}},
           {5,
            "notice",
            Stream::school,
            {{"id", kInteger}},
            {{1, "body", {{"body", kText}}}, {2, "till", {{"till", kText}}}},
            1},
           {6,
            "address",
            Stream::shared,
            {{"person", kInteger}},
            {{1, "address", {{"street", kText, "person"}, {"house", kText, "person"}}}},
            1}}};
}

}  // namespace

Schema generation(std::uint32_t version) {
  switch (version) {
    case 1:
      return first();
    case 2:
      return second();
    case 3:
      return third();
    default:
      return fourth();
  }
}

Setup of_generation(std::uint32_t version, const std::string& path) {
  auto setup = at(path);
  setup.schema = generation(version);
  setup.keys.add_person_key(std::int64_t{1}, some_key("person 1"));
  return setup;
}

}  // namespace zimnik::sync::test
