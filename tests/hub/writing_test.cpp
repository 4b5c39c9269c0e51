// What families write at the hub, and what their schools come to know of it.
#include <atomic>
#include <catch2/catch.hpp>
#include <regex>

#include "schema/commands/family.h"
#include "schema/commands/person.h"
#include "schema/ids.h"
#include "schema/limits.h"
#include "schema/read/absence_notices.h"
#include "schema/read/family.h"
#include "schema/read/in_words.h"
#include "schema/read/messages.h"
#include "schema/read/people.h"
#include "schema/words.h"
#include "tests/hub/browser.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

using namespace zimnik::journal;

const std::string kPassword = "пароль подлиннее";
const std::string kPetyas = "/diary/" + std::to_string(kPetya);

struct Visitor : Browser {
  Visitor(SmallRegion& region, const std::string& code, const std::string& login)
      : Browser(region.hub.web_port()) {
    const auto page =
        post("/activate",
             {{"code", code}, {"login", login}, {"password", kPassword}, {"again", kPassword}});
    REQUIRE(page.status == 303);
  }
  /// The hidden fields of the page's first form that leads there, and these.
  Page send(const std::string& from, const std::string& to, const Form& fields) {
    const auto page = get(from);
    const auto at = page.body.find("action=\"" + to + "\"");
    INFO(page.body);
    REQUIRE(at != std::string::npos);
    const auto form = page.body.substr(at, page.body.find("</form>", at) - at);
    Form all = fields;
    const std::regex hidden(R"rx(type="hidden" name="([^"]*)" value="([^"]*)")rx");
    for (std::sregex_iterator it(form.begin(), form.end(), hidden), end; it != end; ++it) {
      const auto name = (*it)[1].str();
      const bool is_given = std::any_of(fields.begin(), fields.end(),
                                        [&](const auto& field) { return field.first == name; });
      if (!is_given) all.emplace_back(name, (*it)[2].str());
    }
    return post(to, all);
  }
};

sync::Database& at_node(SmallRegion& region) {
  REQUIRE(region.site.exchange().end == net::ExchangeReport::End::in_step);
  return region.site.replica().database();
}

std::vector<MessageThread> threads_at_node(SmallRegion& region) {
  return message_page(at_node(region), kPetya, this_monday().school_year()).threads;
}

}  // namespace

TEST_CASE("what a parent writes comes to the school, and the answer to the parent, with receipts") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  const auto path = kPetyas + "/messages";
  REQUIRE(mother.send(path, path, {{"text", "Когда <собрание>?"}}).status == 303);
  auto threads = threads_at_node(region);
  REQUIRE(threads.size() == 1);
  CHECK(threads[0].messages[0].text == "Когда <собрание>?");
  CHECK(threads[0].messages[0].author.plain() == "Иванова Ольга");
  CHECK(threads[0].messages[0].is_of_family);
  CHECK(unread_messages(threads, false).size() == 1);

  const std::int64_t kTeacher = 11;
  region.site.write([&](sync::Command& run) {
    note_message_read(run, threads[0].messages[0].id, kTeacher, system_time());
    add_message(run, new_id(this_monday().school_year()),
                {kPetya, threads[0].id, "В пятницу", kTeacher, system_time()});
  });
  region.site.exchange();
  CHECK(mother.get(kPetyas).has("новых: 1"));
  const auto page = mother.get(path);
  CHECK(page.has("Когда &lt;собрание&gt;?"));
  CHECK(page.has("прочитано "));
  CHECK(page.has("В пятницу"));
  CHECK_FALSE(mother.get(kPetyas).has("новых"));
  threads = threads_at_node(region);
  CHECK(threads[0].messages[1].read_at.has_value());
}

TEST_CASE("a form that is sent twice is written once") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  const auto path = kPetyas + "/absence";
  const auto page = mother.get(path);
  const auto field = [&](const std::string& name) {
    std::smatch found;
    std::regex_search(page.body, found, std::regex("name=\"" + name + "\" value=\"([^\"]*)\""));
    return std::pair(name, found[1].str());
  };
  const auto today = wall_time(system_time(), "Asia/Yekaterinburg").date;
  const Browser::Form form{field("page"),    field("counter"),        field("site"),
                           field("arrival"), {"since", today.text()}, {"reason", "болеет"}};
  CHECK(mother.post(path, form).status == 303);
  CHECK(mother.post(path, form).status == 409);
}

TEST_CASE("what was typed in a form that is refused isn't lost") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  const auto path = kPetyas + "/messages";
  const auto text = "<b>" + std::string(limits::kFamilyMessageBytes, 'x');
  const auto refused = mother.send(path, path, {{"text", text}});
  CHECK(refused.status == 422);
  CHECK(refused.has("&lt;b&gt;xxx"));
  CHECK_FALSE(refused.has("<b>xxx"));
}

TEST_CASE("who writes without end is slowed to four an hour") {
  std::atomic<std::int64_t> ahead = 0;
  SmallRegion region([&] { return sync::Time{system_time().ms + ahead}; });
  Visitor mother(region, kMotherCode, "mama");
  const auto path = kPetyas + "/messages";
  int written = 0;
  while (written < 1000 && mother.send(path, path, {{"text", "ещё"}}).status == 303) ++written;
  CHECK(written == 60);
  CHECK(mother.send(path, path, {{"text", "ещё"}}).has("записано слишком много"));
  ahead = 15 * 60 * 1000;
  CHECK(mother.send(path, path, {{"text", "ещё"}}).status == 303);
  CHECK(mother.send(path, path, {{"text", "ещё"}}).status == 429);
}

TEST_CASE("an absence that a parent tells of ahead is at the node, and goes when withdrawn") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  const auto path = kPetyas + "/absence";
  const auto today = wall_time(system_time(), "Asia/Yekaterinburg").date;
  const auto until = today.plus(2);
  REQUIRE(mother
              .send(path, path,
                    {{"since", today.text()}, {"until", until.text()}, {"reason", "к врачу"}})
              .status == 303);
  auto notices = absence_notices(at_node(region), {kPetya, kDasha}, today, today);
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].until == until);
  CHECK(notices[0].reason == "к врачу");
  CHECK(notices[0].author.plain() == "Иванова Ольга");
  CHECK_FALSE(notices[0].is_entered);
  region.site.write([&](sync::Command& run) {
    add_excuse(run, kPetya, today, until, ExcuseReason::sick, "справка 17");
  });
  CHECK(absence_notices(at_node(region), {kPetya}, today, today)[0].is_entered);
  CHECK(mother.get(path).has("школа записала причину"));

  const auto later = today.plus(5);
  REQUIRE(mother.send(path, path, {{"since", later.text()}, {"reason", "отъезд"}}).status == 303);
  REQUIRE(mother.send(path, path + "/withdraw", {{"since", later.text()}}).status == 303);
  CHECK(absence_notices(at_node(region), {kPetya}, later, later).empty());
  const auto refused =
      mother.send(path, path, {{"since", today.plus(-3).text()}, {"reason", "была больна"}});
  CHECK(refused.status == 422);
  CHECK(refused.has("эти дни уже прошли"));
  for (const char* page : {"/absence", "/messages"}) {
    CHECK(mother.get(kPetyas + page).has("Данные школы на "));
  }
  const auto far =
      mother.send(path, path, {{"since", today.plus(400).text()}, {"reason", "отъезд"}});
  CHECK(far.status == 422);
  CHECK(far.has("не больше чем за 60 дней"));
}

TEST_CASE("a contact that a parent changes stands with its day, and wins over a concurrent one") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  region.site.write([&](sync::Command& run) {
    set_contact(run, kMother, "phone", "+7 000", "анкета", this_monday());
  });
  region.site.exchange();
  CHECK(mother.get("/own").has("Записано школой"));
  REQUIRE(mother.send("/own", "/own/contact", {{"value", "+7 111"}}).status == 303);
  region.site.write([&](sync::Command& run) {  // unaware, and later
    set_contact(run, kMother, "phone", "+7 222", "со слов соседки", this_monday());
  });
  const auto contacts = contacts_of(at_node(region), kMother);
  REQUIRE(contacts.size() == 1);
  CHECK(contacts[0].value == "+7 111");
  CHECK(contacts[0].source == kByGuardian);
  CHECK(region.site.replica().listed().size() == 1);
  CHECK(mother.get("/own").has("Указано Вами"));
  // And it is taken away again, here and at the school.
  CHECK(mother.send("/own", "/own/contact", {{"value", " "}}).location == "/own?saved");
  CHECK_FALSE(mother.get("/own?saved").has("+7 111"));
  CHECK(contacts_of(at_node(region), kMother).empty());
  CHECK(mother.send("/own", "/own/contact", {{"value", ""}}).status == 422);
  CHECK(author_name(at_node(region), "diary:" + std::to_string(kMother)) == "Иванова О. И.");
}

TEST_CASE("a refusal at the hub closes the diary at once, wins at the school, and can be undone") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  REQUIRE(mother.get(kPetyas).status == 200);  // and this page is kept
  REQUIRE(mother.send("/own", "/own/consent", {{"answer", "refused"}}).status == 303);
  const auto closed = mother.get(kPetyas);
  CHECK(closed.status == 403);
  CHECK(closed.has("href=\"/own\""));
  give_consent(region.site, kMother, true);  // of a paper, unaware of the refusal, and later
  CHECK_FALSE(may_read_electronically(at_node(region), kMother));
  CHECK(mother.get(kPetyas).status == 403);
  CHECK(mother.send("/own", "/own/consent", {{"answer", "maybe"}}).status == 422);
  REQUIRE(mother.send("/own", "/own/consent", {{"answer", "granted"}}).status == 303);
  CHECK(mother.get(kPetyas).status == 200);
  CHECK(may_read_electronically(at_node(region), kMother));
}

TEST_CASE("nobody writes about another's child, nor for another guardian, nor from another site") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama"), other(region, kOtherCode, "other");
  const auto strangers = "/diary/" + std::to_string(kStranger);
  for (const char* page : {"/messages", "/absence", "/absence/withdraw"}) {
    CHECK(mother.post(strangers + page, {{"text", "чужое"}}).status == 404);
  }
  const auto own = other.get("/own");
  std::smatch member;
  std::regex_search(own.body, member, std::regex("name=\"member\" value=\"([^\"]*)\""));
  CHECK(mother.send("/own", "/own/contact", {{"member", member[1].str()}, {"value", "+7 666"}})
            .status == 404);
  mother.origin = "https://evil.example";
  CHECK(mother.send("/own", "/own/consent", {{"answer", "refused"}}).status == 403);
  mother.origin = "http://localhost";
  CHECK(mother.get(kPetyas).status == 200);
  CHECK(Browser(region.hub.web_port()).get("/own").status == 403);
}

TEST_CASE("a guardian's access ends when the pupil comes of age, until the pupil agrees to it") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  const auto today = wall_time(system_time(), "Asia/Yekaterinburg").date;
  const auto born = Date::from(today.year() - 18, today.month(), std::min(today.day(), 28));
  region.site.write([&](sync::Command& run) { set_birth_date(run, kPetya, born->plus(1)); });
  region.site.exchange();
  const bool is_of_age = born->plus(1).day() <= today.day();
  CHECK(mother.get(kPetyas).status == (is_of_age ? 404 : 200));
  region.site.write([&](sync::Command& run) { set_birth_date(run, kPetya, *born); });
  region.site.exchange();
  CHECK(mother.get(kPetyas).status == 404);
  CHECK(mother.get("/diary/" + std::to_string(kDasha)).status == 200);
  give_consent(region.site, kPetya, true);
  region.site.exchange();
  CHECK(mother.get(kPetyas).status == 200);
}

TEST_CASE("a pupil reads the own diary by a code of its own while a guardian consents") {
  SmallRegion region;
  give_code(region.site, kPetya, "dbcdefghijklmnop");
  region.site.exchange();
  Visitor pupil(region, "dbcdefghijklmnop", "petya");
  CHECK(pupil.get(kPetyas).has("Молодец"));
  CHECK(pupil.get("/diary/" + std::to_string(kDasha)).status == 404);
  const auto path = kPetyas + "/messages";
  REQUIRE(pupil.send(path, path, {{"text", "Я сам"}}).status == 303);
  CHECK(threads_at_node(region)[0].messages[0].is_of_family);
  give_consent(region.site, kMother, false);
  region.site.exchange();
  CHECK(pupil.get(kPetyas).status == 403);
}

}  // namespace zimnik::hub::test
