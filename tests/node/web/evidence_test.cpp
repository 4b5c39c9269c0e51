#include "node/web/evidence.h"

#include <catch2/catch.hpp>

#include "sync/core/proof.h"
#include "sync/net/certificate.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

/// A mark of the sample: its key, its cell, and its teacher's course.
struct Marked {
  std::string key, cell;
};

Marked some_mark(Desk& desk) {
  return desk.node().journal().read([&](sync::Database& database) -> Marked {
    auto query = database.prepare(
        "SELECT course, date, number, pupil, work, attempt FROM mark WHERE value IS NOT NULL "
        "LIMIT 1");
    REQUIRE(query.step());
    const auto number = [&](int column) { return std::to_string(query.integer(column)); };
    const std::string date(query.text(1));
    return {number(0) + "," + date + "," + number(2) + "," + number(3) + "," + number(4) + "," +
                number(5),
            number(0) + "/" + date + "/" + number(2) + "/" + number(3)};
  });
}

}  // namespace

TEST_CASE("R2: the principal sees a cell's whole evidence, and takes its proof away as a file") {
  Desk desk;
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
  const auto mark = some_mark(desk);
  const auto page = head.get("/evidence/cell/" + mark.cell)->body;
  CHECK_THAT(page, Catch::Contains("value ") && Catch::Contains("Округ принял"));
  const auto link = "/evidence/mark/" + mark.key + "/proof";
  CHECK_THAT(page, Catch::Contains(mark.key + "/proof\""));
  const auto file = head.get(link);
  REQUIRE(file->status == 200);
  CHECK_THAT(file->get_header_value("Content-Disposition"), Catch::Contains("attachment"));
  const auto proof = sync::decode_proof(file->body);
  const auto authority =
      net::read_certificate(desk.node().configuration().enrolment.authority_pem).authority;
  REQUIRE(authority);
  const auto checked = sync::check_proof(proof, *authority);
  CHECK(checked.faults.empty());
  CHECK_FALSE(checked.entries.empty());
}

TEST_CASE("evidence names what isn't there, and never shows what people sign in by") {
  Desk desk;
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
  for (const auto* path :
       {"/evidence/mark/1,2025-09-01,1,1,1,1", "/evidence/mark/x", "/evidence/nothing/1",
        "/evidence/account/principal", "/evidence/mark/1,2025-09-01,1,1,1,1/proof",
        "/evidence/account/principal/proof", "/evidence/cell/1/x/1/1"}) {
    INFO(path);
    CHECK(head.get(path)->status == 404);
  }
  const auto list = head.get("/evidence?table=account")->body;
  CHECK_THAT(list, Catch::Contains("Таких записей нет") && !Catch::Contains("teacher01"));
  CHECK_THAT(head.get("/evidence?table=final_mark")->body, Catch::Contains("Итоговая отметка"));
  CHECK_THAT(head.get("/evidence")->body,
             Catch::Contains("/evidence/mark/") || Catch::Contains("&#x2F;evidence"));
}
