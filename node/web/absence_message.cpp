#include "node/web/absence_message.h"

#include "schema/absence_message.h"
#include "schema/commands/school.h"
#include "schema/limits.h"
#include "schema/read/school_title.h"

namespace zimnik::node {

namespace {

constexpr const char* kPath = "/absence-message";
constexpr int kLate = 3;  // days

/// Of a made-up pupil, today.
journal::AbsenceNotice sample(journal::Date today, const web::Translator& translate) {
  return {translate(std::string("Иванов Пётр")),
          "7А",
          translate(std::string("Алгебра")),
          {0, today, 2},
          "09:20"};
}

void add_places(web::Values& values, journal::Date today, const web::Translator& translate) {
  web::List places;
  for (const auto& [place, meaning] : journal::absence_places()) {
    places.push_back(web::Values{
        {"place", std::string(place)},
        {"meaning", translate(std::string(meaning))},
        {"example", journal::absence_message(place, sample(today, translate), {today, 0})}});
  }
  values["places"] = places;
}

void add_preview(web::Values& values, const std::string& text, journal::Date today,
                 const web::Translator& translate) {
  const auto unknown = journal::unknown_place(text);
  values["is_wrong"] = unknown.has_value();
  if (unknown) values["unknown"] = *unknown;
  const auto notice = sample(today, translate);
  values["in_time"] = journal::absence_message(text, notice, {today, 0});
  values["late"] = journal::absence_message(text, notice, {today.plus(kLate), 0});
}

}  // namespace

net::Response absence_message_page(Site& site, const net::Request& request,
                                   const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto today = site.today();
  const auto written =
      site.journal().read([](sync::Database& database) { return journal::absence_text(database); });
  const auto text = request.query.find("text").value_or(written);
  values["is_head"] = visitor.is_head();
  values["is_absence_message"] = true;
  values["counter"] = std::string("1");
  values["text"] = text;
  values["usual"] = std::string(journal::kUsualAbsenceMessage);
  values["is_usual"] = text.empty();
  values["is_unsaved"] = text != written;
  // A letter of Russian takes two bytes.
  values["most"] = std::to_string(journal::limits::kAbsenceMessageBytes / 2);
  const auto& translate = site.pages().translator(request);
  add_places(values, today, translate);
  add_preview(values, text, today, translate);
  return site.page(request, "absence_message", "Сообщение об отсутствии", std::move(values));
}

net::Response set_absence_message(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), kPath,
                     [](sync::Command& command, const net::Fields& form) {
                       journal::set_absence_message(command, form.get("text"));
                     });
}

}  // namespace zimnik::node
