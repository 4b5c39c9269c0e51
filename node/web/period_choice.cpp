#include "node/web/period_choice.h"

#include "schema/read/finals.h"

namespace zimnik::node {

web::List period_choices(const std::vector<journal::Period>& periods, const std::string& chosen,
                         bool with_year, const web::Translator& translate) {
  web::List options;
  const auto add = [&](const std::string& code) {
    options.push_back(web::Values{{"code", code},
                                  {"title", translate(journal::final_period_title(code))},
                                  {"selected", code == chosen}});
  };
  for (const auto& period : periods) add(period.code);
  if (with_year) add("year");
  return options;
}

std::optional<journal::Period> period_asked(const std::vector<journal::Period>& periods,
                                            const std::string& asked, journal::Date today) {
  for (const auto& period : periods) {
    if (period.code == asked) return period;
  }
  return journal::period_at_hand(periods, today);
}

}  // namespace zimnik::node
