// What isn't one leaf in its one encoding.
#include <catch2/catch.hpp>

#include "sync/core/leaf.h"
#include "sync/core/limits.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;

namespace {

std::string content_of(const Transaction& transaction) {
  std::string content;
  write_content(content, transaction);
  return content;
}

std::string refusal_of(const std::string& content) {
  return refusal([&] { read_content(content); });
}

std::string refusal_of(const Edit& body) {
  auto transaction = edit({});
  transaction.body = body;
  return refusal_of(content_of(transaction));
}

std::string order_refusal_of(const Edit& body) {
  return refusal([&] { check_order(body); });
}

/// The content of an edit up to and without its rows' count.
std::string up_to_rows() {
  auto content = content_of(edit({}));
  content.pop_back();
  return content;
}

std::string with_rows(std::string_view digits) { return up_to_rows() + unhex(digits); }

CellWrite overwriting(std::initializer_list<std::uint64_t> numbers, bool descending) {
  auto write = cell(1, {});
  for (auto number : numbers) write.over.push_back({hash_of(number)});
  std::sort(write.over.begin(), write.over.end(), [&](const Over& a, const Over& b) {
    return descending ? b.leaf < a.leaf : a.leaf < b.leaf;
  });
  return write;
}

}  // namespace

TEST_CASE("rows out of order, or twice, are refused") {
  const auto first = row(1, {std::int64_t{1}}, {cell(1, {})});
  const auto second = row(1, {std::int64_t{2}}, {cell(1, {})});
  const auto other_table = row(2, {}, {cell(1, {})});
  CHECK(refusal_of(Edit{{first, second, other_table}}).empty());
  for (const auto& bad :
       {Edit{{second, first}}, Edit{{other_table, first}}, Edit{{first, first}}}) {
    CHECK_THAT(refusal_of(bad), Contains("row: out of order"));
    CHECK_THAT(order_refusal_of(bad), Contains("rows"));
  }
}

TEST_CASE("cells out of order, or twice, are refused") {
  for (const auto& bad : {Edit{{row(1, {}, {cell(2, {}), cell(1, {})})}},
                          Edit{{row(1, {}, {cell(1, {}), cell(1, {})})}}}) {
    CHECK_THAT(refusal_of(bad), Contains("group: out of order"));
    CHECK_THAT(order_refusal_of(bad), Contains("groups"));
  }
}

TEST_CASE("over out of order, or twice, is refused") {
  const Edit good{{row(1, {}, {overwriting({1, 2, 3}, false)})}};
  CHECK(refusal_of(good).empty());
  CHECK(order_refusal_of(good).empty());
  for (const auto& bad : {Edit{{row(1, {}, {overwriting({1, 2, 3}, true)})}},
                          Edit{{row(1, {}, {overwriting({1, 1}, false)})}}}) {
    CHECK_THAT(refusal_of(bad), Contains("over: out of order"));
    CHECK_THAT(order_refusal_of(bad), Contains("over"));
  }
}

TEST_CASE("an edit without rows, and a row without cells, are refused") {
  CHECK_THAT(refusal_of(Edit{}), Contains("rows: none"));
  CHECK_THAT(refusal_of(Edit{{row(1, {}, {})}}), Contains("cells: none"));
  CHECK_THAT(order_refusal_of(Edit{}), Contains("rows: none"));
  CHECK_THAT(order_refusal_of(Edit{{row(1, {}, {})}}), Contains("cells: none"));
}

TEST_CASE("group 0 is refused: a batch keeps the key there") {
  CHECK_THAT(refusal_of(Edit{{row(1, {}, {cell(0, {})})}}), Contains("group: 0"));
}

TEST_CASE("a row key that is no key, or over its bound, is refused") {
  auto bad = row(1, {}, {cell(1, {})});
  bad.key.bytes = unhex("0106");
  CHECK_THAT(refusal_of(Edit{{bad}}), Contains("unknown type of value 6"));
  // Count, tag and a length of two bytes: 4 bytes around the text.
  CHECK(refusal_of(Edit{{row(1, {Text{std::string(limits::kKeyBytes - 4, 'k')}}, {cell(1, {})})}})
            .empty());
  CHECK_THAT(
      refusal_of(Edit{{row(1, {Text{std::string(limits::kKeyBytes - 3, 'k')}}, {cell(1, {})})}}),
      Contains("row key: 1025 is over the bound of 1024"));
}

TEST_CASE("counts over their bounds are refused before anything is read for them") {
  CHECK_THAT(refusal_of(with_rows("8110")), Contains("rows: 2049 is over the bound of 2048"));
  CHECK_THAT(refusal_of(with_rows("01 01 0100 41")), Contains("cells: 65 is over"));
  CHECK_THAT(refusal_of(with_rows("01 01 0100 01 01 01 41")), Contains("values: 65 is over"));
  CHECK_THAT(refusal_of(with_rows("01 01 0100 01 01 02 8102")), Contains("over: 257 is over"));
  CHECK_THAT(refusal_of(with_rows("01 8080808010")), Contains("table: 4294967296 is over"));
  CHECK_THAT(refusal_of(with_rows("01 01 0100 01 8080808010")), Contains("group: 4294967296"));
}

TEST_CASE("unknown kinds and operations are refused") {
  auto content = content_of(edit({row(1, {}, {cell(1, {})})}));
  for (char kind : {'\0', '\4', '\xff'}) {
    content[0] = kind;
    CHECK_THAT(refusal_of(content), Contains("kind: unknown"));
  }
  CHECK_THAT(refusal_of(with_rows("01 01 0100 01 01 00")), Contains("operation: unknown 0"));
  CHECK_THAT(refusal_of(with_rows("01 01 0100 01 01 04")), Contains("operation: unknown 4"));
  auto of_act = content_of(act(Revoke{hash_of(1)}));
  const auto at = of_act.find(hash_of(1).view()) - 1;
  of_act[at] = 5;
  CHECK_THAT(refusal_of(of_act), Contains("kind of act: unknown 5"));
  auto of_site = content_of(succession());
  of_site.back() = 4;
  CHECK_THAT(refusal_of(of_site), Contains("kind of site: unknown kind 4"));
}

TEST_CASE("names and reasons over their bounds, or that are no text, are refused") {
  auto transaction = edit({row(1, {}, {cell(1, {})})});
  transaction.origin.author = std::string(limits::kNameBytes, 'a');
  CHECK(refusal_of(content_of(transaction)).empty());
  transaction.origin.author += 'a';
  CHECK_THAT(refusal_of(content_of(transaction)), Contains("author: 65 is over the bound of 64"));
  transaction.origin = {"a", std::string("\0", 1), 1, ""};
  CHECK_THAT(refusal_of(content_of(transaction)), Contains("role: not UTF-8 text without NUL"));
  transaction.origin = {"a", "", 1, "\xed\xa0\x80"};
  CHECK_THAT(refusal_of(content_of(transaction)), Contains("device: not UTF-8 text"));
  auto of_act = act(Revoke{hash_of(1)});
  std::get<Act>(of_act.body).reason = std::string(limits::kReasonBytes + 1, 'r');
  CHECK_THAT(refusal_of(content_of(of_act)), Contains("reason: 1025 is over the bound of 1024"));
}

TEST_CASE("an act's frontier out of order, or with an unknown stream, is refused") {
  auto of_act = act(Revoke{hash_of(1)});
  auto& frontier = std::get<Act>(of_act.body).frontier;
  std::swap(frontier[0], frontier[1]);
  CHECK_THAT(refusal_of(content_of(of_act)), Contains("frontier: tips out of order"));
  frontier = {{log_of(1, Stream{3}), 1, hash_of(1)}};
  CHECK_THAT(refusal_of(content_of(of_act)), Contains("stream: unknown 3"));
}

TEST_CASE("an interval's end is there or not, nothing else") {
  auto content = content_of(act(VoidAccount{"anna", {1}, std::nullopt}));
  const auto at = content.rfind("anna") + 5;
  REQUIRE(content[at] == 0);
  content[at] = 2;
  CHECK_THAT(refusal_of(content), Contains("until: neither 0 nor 1"));
}

TEST_CASE("a header with an unknown stream, format 0 or a seq over its bound is refused") {
  std::string good;
  write_leaf_header(good, {kLeafFormat, {log_of(1), 1, {}}});
  std::string_view rest;
  const auto header_refusal = [&](std::string bytes) {
    return refusal([&] { read_leaf_header(bytes, rest); });
  };
  CHECK(header_refusal(good).empty());
  auto bad = good;
  bad[0] = 0;
  CHECK_THAT(header_refusal(bad), Contains("format: 0"));
  bad = good;
  bad[1] = 3;
  CHECK_THAT(header_refusal(bad), Contains("stream: unknown 3"));
  std::string far;
  write_leaf_header(far, {kLeafFormat, {log_of(1), limits::kSeq + 1, {}}});
  CHECK_THAT(header_refusal(far), Contains("seq: 1099511627777 is over the bound"));
}

TEST_CASE("every truncation of a leaf's content is refused, and so is a byte more") {
  for (const auto& transaction : all_kinds_of_transactions()) {
    const auto content = content_of(transaction);
    for (std::size_t size = 0; size < content.size(); ++size) {
      CHECK_THAT(refusal_of(content.substr(0, size)), Contains("leaf content, byte "));
    }
    CHECK_THAT(refusal_of(content + '\0'), Contains("end: 1 bytes too many"));
  }
}

TEST_CASE("every bit flip of a leaf is refused or says something else, in its one encoding") {
  for (const auto& transaction : all_kinds_of_transactions()) {
    const auto content = content_of(transaction);
    for (std::size_t bit = 0; bit < content.size() * 8; ++bit) {
      auto damaged = content;
      damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
      Transaction read;
      if (!refusal([&] { read = read_content(damaged); }).empty()) continue;
      CHECK_FALSE(read == transaction);
      CHECK(content_of(read) == damaged);
    }
  }
}
