// Every role at every route. The table here is written apart from the one that is tested: who adds
// a route says it twice.
#include <catch2/catch.hpp>
#include <map>
#include <regex>

#include "node/web/routes.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;
using journal::Role;

namespace {

/// Letters of roles in the table below.
const std::map<char, Role> kLetters = {
    {'p', Role::principal},          {'d', Role::deputy_head},   {'t', Role::technical_specialist},
    {'s', Role::secretary},          {'c', Role::class_teacher}, {'u', Role::subject_teacher},
    {'a', Role::additional_teacher}, {'g', Role::guardian},      {'l', Role::pupil}};

/// Who may, by method and pattern.
const std::map<std::string, std::string> kRights = {
    {"GET /", "pdtscuagl"},
    {"GET /diary", "gl"},
    {"GET /diary/{pupil}", "pdcgl"},
    {"GET /diary/{pupil}/day", "pdcgl"},
    {"GET /diary/{pupil}/results", "pdcgl"},
    {"GET /diary/{pupil}/subject/{subject}", "pdcgl"},
    {"GET /diary/{pupil}/schedule", "pdcgl"},
    {"POST /diary/{pupil}/message", "gl"},
    {"GET /lesson", "ua"},
    {"POST /lesson", "ua"},
    {"POST /refile", "ua"},
    {"GET /course/{course}", "pdcua"},
    {"GET /together/{courses}", "pdcua"},
    {"GET /course/{course}/print", "pdcua"},
    {"GET /course/{course}/finals", "pdcua"},
    {"POST /course/{course}/finals", "ua"},
    {"POST /course/{course}/deferral", "pdcua"},
    {"POST /course/{course}/final-by-paper", "pd"},
    {"GET /api/course/{course}", "pdcua"},
    {"POST /api/save", "ua"},
    {"GET /api/history/{course}/{date}/{number}/{pupil}", "pdcua"},
    {"GET /api/status", "pdtscua"},
    {"GET /timetable", "pdtscua"},
    {"POST /timetable", "pd"},
    {"POST /timetable/end", "pd"},
    {"GET /timetable/changes", "pd"},
    {"POST /timetable/changes/substitute", "pd"},
    {"POST /timetable/changes/move", "pd"},
    {"POST /timetable/changes/undo", "pd"},
    {"GET /frost-days", "pdtscua"},
    {"POST /frost-days", "pd"},
    {"POST /frost-days/remove", "pd"},
    {"GET /moves", "pdua"},
    {"POST /moves", "pdua"},
    {"GET /late", "pdua"},
    {"POST /late", "ua"},
    {"GET /accounts", "pt"},
    {"POST /accounts", "pt"},
    {"POST /accounts/class", "pt"},
    {"POST /accounts/code", "pt"},
    {"POST /accounts/lock", "pt"},
    {"POST /accounts/region-code", "pt"},
    {"POST /accounts/unlock", "pt"},
    {"GET /password", "pdtscuagl"},
    {"POST /password", "pdtscuagl"},
    {"GET /evidence", "p"},
    {"GET /evidence/{table}/{key}", "p"},
    {"GET /evidence/{table}/{key}/proof", "p"},
    {"GET /evidence/cell/{course}/{date}/{number}/{pupil}", "p"},
    {"GET /incidents", "pdtscua"},
    {"POST /incidents", "pdtscua"},
    {"POST /incidents/receive", "pt"},
    {"POST /incidents/lock", "pt"},
    {"POST /incidents/act", "p"},
    {"GET /acts/{act}", "pt"},
    {"POST /acts/undo", "p"},
    {"GET /import", "pdts"},
    {"GET /import/{kind}", "pdtsua"},
    {"POST /import/{kind}", "pdtsua"},
    {"GET /import/preview/{token}", "pdtsua"},
    {"POST /import/preview/{token}", "pdtsua"},
    {"GET /setup", "pt"},
    {"POST /setup/school", "pt"},
    {"POST /setup/periods", "pt"},
    {"POST /setup/days", "pt"},
    {"POST /setup/bells", "pt"},
    {"POST /setup/works", "pt"},
    {"GET /absence-message", "pdt"},
    {"POST /absence-message", "pdt"},
    {"GET /conflicts", "pdcua"},
    {"POST /conflicts", "pdcua"},
    {"GET /register", "pdc"},
    {"GET /register/{school_class}", "pdc"},
    {"GET /classes", "pdtsc"},
    {"GET /class/{school_class}", "pdtsc"},
    {"GET /class/{school_class}/week", "pdtsc"},
    {"GET /class/{school_class}/consents", "pdtsc"},
    {"GET /class/{school_class}/messages", "pdc"},
    {"POST /class/{school_class}/messages", "pdc"},
    {"GET /pupil/{pupil}/messages", "pdc"},
    {"POST /pupil/{pupil}/messages", "pdc"},
    {"POST /class/{school_class}/pupil", "pdts"},
    {"GET /pupil/{pupil}", "pdtsc"},
    {"POST /pupil/{pupil}/excuse", "pdsc"},
    {"POST /pupil/{pupil}/excuse/withdraw", "pdsc"},
    {"POST /pupil/{pupil}/contact", "pdsc"},
    {"POST /pupil/{pupil}/consent", "pdsc"},
    {"POST /pupil/{pupil}/guardian", "pdsc"},
    {"POST /pupil/{pupil}/guardian/end", "pdsc"},
    {"POST /pupil/{pupil}/file", "pdts"},
    {"POST /pupil/{pupil}/admission", "pdts"},
    {"POST /pupil/{pupil}/transfer", "pdts"},
    {"POST /pupil/{pupil}/departure", "pdts"},
    {"GET /register/{school_class}/pdf", "pdc"},
    {"GET /pupil/{pupil}/extract", "pdsc"},
    {"GET /pupil/{pupil}/extract/pdf", "pdsc"},
    {"GET /paper", "pdsc"},
    {"GET /class/{school_class}/slips", "pdsc"},
    {"GET /class/{school_class}/codes", "pdsc"},
    {"POST /class/{school_class}/codes", "pdsc"},
    {"GET /groups", "pdt"},
    {"POST /groups", "pdt"},
    {"GET /groups/{group}", "pdt"},
    {"POST /groups/{group}/name", "pdt"},
    {"POST /groups/{group}/join", "pdt"},
    {"POST /groups/{group}/leave", "pdt"},
    {"GET /load", "pdt"},
    {"POST /load", "pdt"},
    {"POST /load/change", "pdt"},
    {"GET /rollover", "pdt"},
    {"POST /rollover/preview", "pdt"},
    {"POST /rollover", "pdt"},
    {"GET /orders", "ps"},
    {"POST /orders", "ps"},
    {"POST /orders/correct", "ps"},
    {"POST /orders/duty", "p"},
    {"POST /orders/duty/end", "p"},
    {"GET /roles", "pt"},
    {"POST /roles", "pt"},
    {"POST /roles/withdraw", "pt"},
    {"GET /control", "pd"},
    {"GET /control/results", "pd"},
    {"GET /control/finals", "pd"},
    {"GET /control/unseen", "pd"},
    {"GET /control/readiness", "pd"},
    {"GET /control/periods", "pd"},
    {"POST /control/periods", "pd"},
    {"GET /after-closing", "pdua"},
    {"POST /after-closing", "pd"},
    {"GET /remarks", "pdcua"},
    {"POST /remarks", "pd"},
    {"POST /remarks/corrected", "ua"},
    {"POST /remarks/decision", "pd"},
};

std::string name_of(const node::Route& route) {
  return std::string(route.method) + " " + route.pattern;
}

/// An address that the pattern fits, of things that aren't there.
std::string address_of(const node::Route& route) {
  static const std::regex kPlace(R"(\{[a-z_]+\})");
  return std::regex_replace(std::string(route.pattern), kPlace, "1");
}

int status_of(Browser& browser, const node::Route& route) {
  const auto address = address_of(route);
  const auto answer = std::string(route.method) == "GET" ? browser.get(address)
                                                         : browser.post(address, httplib::Params{});
  return answer ? answer->status : 0;
}

}  // namespace

TEST_CASE("the table of rights names every route, and no other") {
  std::map<std::string, std::string> named;
  for (const auto& route : node::routes()) {
    INFO(name_of(route));
    CHECK(kRights.contains(name_of(route)));
    CHECK(named.emplace(name_of(route), "").second);
  }
  CHECK(named.size() == kRights.size());
}

TEST_CASE("each role is let through where the table says so, and refused elsewhere") {
  Desk desk;
  for (const auto& [letter, role] : kLetters) {
    Browser browser(desk.port());
    REQUIRE(browser.sign_in(desk.add_account(role), kPassword) == "/");
    for (const auto& route : node::routes()) {
      INFO(journal::word_of(role) << " " << name_of(route));
      const bool may = kRights.at(name_of(route)).find(letter) != std::string::npos;
      const auto status = status_of(browser, route);
      CHECK(status != 0);
      CHECK(status != 500);
      CHECK((status != 403) == may);
    }
  }
}

TEST_CASE("a grant for a part of the school opens nothing but to those who teach") {
  Desk desk;
  for (const auto role :
       {Role::principal, Role::deputy_head, Role::technical_specialist, Role::secretary}) {
    const auto login = desk.add_account(role);
    // As another program may have written it.
    desk.node().journal().write([&](sync::Replica& replica) {
      const sync::Entry entry{{"x", "principal", 60, "x"}, desk.now, {}, replica.seen()};
      replica.write(entry, [&](sync::Command& command) {
        command.database().execute(
            "UPDATE role_grant SET state = 'withdrawn' WHERE person = (SELECT person FROM account "
            "WHERE login = '" +
            login + "')");
        command.database().execute(
            "INSERT INTO role_grant (person, role, scope, state) SELECT person, '" +
            std::string(journal::word_of(role)) +
            "', 'class:1', 'granted' FROM account "
            "WHERE login = '" +
            login + "'");
      });
    });
    Browser browser(desk.port());
    REQUIRE(browser.sign_in(login, kPassword) == "/");
    for (const auto& route : node::routes()) {
      INFO(journal::word_of(role) << " " << name_of(route));
      CHECK(status_of(browser, route) == 403);
    }
  }
}

TEST_CASE("who isn't signed in gets to no route but the door") {
  Desk desk;
  Browser browser(desk.port());
  for (const auto& route : node::routes()) {
    INFO(name_of(route));
    const bool is_script = std::string_view(route.pattern).starts_with("/api/");
    CHECK(status_of(browser, route) == (is_script ? 401 : 303));
  }
}
