#include "node/missing_keys.h"

#include <algorithm>

#include "schema/read/people.h"

namespace zimnik::node {

std::string MissingKeys::text() const {
  std::string text;
  if (of_school) text = "нет ключа школы, войти в журнал нельзя";
  if (persons > 0) {
    text += (text.empty() ? "" : ", ");
    text += "нет ключей людей: " + std::to_string(persons) + ", их имена не читаются";
  }
  return text.empty() ? "" : text + "; ключи придут от других узлов и округа, или лежат в копии";
}

MissingKeys missing_keys(sync::Replica& replica) {
  return {!replica.keyring().school_key().has_value(),
          journal::people_without_keys(replica.database(), replica.forgotten())};
}

bool has_lost_school_key(const sync::Replica& replica, const sync::SiteId& self) {
  const auto frontier = replica.frontier();
  return !replica.keyring().school_key() &&
         std::any_of(frontier.begin(), frontier.end(), [&](const sync::Tip& tip) {
           return tip.log == sync::LogId{self, sync::Stream::school} && tip.size > 0;
         });
}

}  // namespace zimnik::node
