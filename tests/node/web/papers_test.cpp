#include "node/web/papers.h"

#include <catch2/catch.hpp>

#include "node/paper/documents.h"
#include "schema/read/courses.h"
#include "sync/core/attestation.h"
#include "sync/net/certificate.h"
#include "tests/node/desk.h"
#include "tests/node/paper/printed.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

std::int64_t some_class(Desk& desk) {
  return desk.node().journal().read(
      [](sync::Database& database) { return journal::classes_of_year(database, 2025).at(0).id; });
}

std::int64_t some_pupil(Desk& desk, std::int64_t school_class) {
  return desk.node().journal().read([&](sync::Database& database) {
    return journal::pupils_of_class(database, school_class, node::day_of(kNow)).at(0).id;
  });
}

/// The code that the class's register of the year has now.
std::string code_of(Desk& desk, std::int64_t school_class) {
  return desk.node().journal().with_replica([&](sync::Replica& replica) {
    const auto page =
        journal::summary_register(replica.database(), school_class, "year", node::day_of(kNow));
    const auto paper = paper::register_paper(page.value());
    return sync::encode_attestation(
        replica.attest(paper.name, paper::digest_of(paper), kNow).value());
  });
}

void add_final(Desk& desk, std::int64_t school_class) {
  desk.node().journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{{"x", "subject_teacher", 20, "x"}, kNow, {}, replica.seen()};
    replica.write(entry, [&](sync::Command& command) {
      command.database().execute(
          "INSERT INTO final_mark (pupil, course, period, year, value) SELECT e.pupil, c.id, "
          "'year', 2025, '5' FROM enrolment e JOIN course c ON c.school_class = e.school_class "
          "WHERE c.study_group IS NULL AND e.school_class = " +
          std::to_string(school_class));
    });
  });
}

}  // namespace

TEST_CASE("R28: the register and the extract come as PDF, to who may read the pages") {
  Desk desk;
  const auto school_class = some_class(desk);
  const auto pupil = some_pupil(desk, school_class);
  Browser head(desk.port()), stranger(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
  REQUIRE(stranger.sign_in(desk.add_account(journal::Role::class_teacher), kPassword) == "/");
  for (const auto& path : {"/register/" + std::to_string(school_class) + "/pdf?period=year",
                           "/pupil/" + std::to_string(pupil) + "/extract/pdf"}) {
    const auto file = head.get(path);
    REQUIRE(file->status == 200);
    CHECK(file->get_header_value("Content-Type") == "application/pdf");
    CHECK_THAT(file->body, Catch::StartsWith("%PDF-"));
    CHECK(stranger.get(path)->status == 404);
  }
  CHECK(head.get("/register/1/pdf")->status == 404);
  CHECK(head.get("/pupil/1/extract/pdf")->status == 404);
}

TEST_CASE("the code read from a printed register is the school's word on what is printed") {
  Desk desk;
  const auto school_class = some_class(desk);
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
  const auto file = head.get("/register/" + std::to_string(school_class) + "/pdf?period=year");
  REQUIRE(file->status == 200);
  const paper::test::Printed printed(file->body);
  const auto code = sync::decode_attestation(printed.code());
  const auto expected = sync::decode_attestation(code_of(desk, school_class));
  CHECK(code.content == expected.content);
  CHECK(code.what == "register/" + std::to_string(school_class) + "/year");
  CHECK(code.root == expected.root);
  CHECK(code.size > 0);
  const auto authority =
      net::read_certificate(desk.node().configuration().enrolment.authority_pem).authority;
  REQUIRE(authority);
  CHECK(sync::faults_of(code, *authority).empty());
  CHECK_THAT(printed.text(), Catch::Contains(code.content.hex().substr(0, 16)));
}

TEST_CASE("the page tells a genuine code, what is the same now, and what has changed since") {
  Desk desk;
  const auto school_class = some_class(desk);
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
  const auto code = code_of(desk, school_class);
  const auto page = head.get("/paper?code=" + code)->body;
  CHECK_THAT(page, Catch::Contains("Код подлинный") && Catch::Contains("именно эти записи") &&
                       Catch::Contains("получается из журнала и сейчас") &&
                       Catch::Contains("Сводная ведомость: "));
  add_final(desk, school_class);
  const auto later = head.get("/paper?code=" + code)->body;
  CHECK_THAT(later, Catch::Contains("Код подлинный") && Catch::Contains("именно эти записи") &&
                        Catch::Contains("получается другой документ"));
}

TEST_CASE("a forged code, or one of another school's site, isn't taken for the school's") {
  Desk desk;
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
  auto forged = sync::decode_attestation(code_of(desk, some_class(desk)));
  forged.content = sync::sha256({"better marks"});
  const auto page = head.get("/paper?code=" + sync::encode_attestation(forged))->body;
  CHECK_THAT(page, !Catch::Contains("Сводная ведомость: "));  // it tells nothing of the school
  CHECK_THAT(page, Catch::Contains("Подпись не подходит") && !Catch::Contains("Код подлинный"));
  CHECK_THAT(head.get("/paper?code=hello")->body, Catch::Contains("не код документа"));
  CHECK_THAT(head.get("/paper")->body, !Catch::Contains("не код документа"));
}
