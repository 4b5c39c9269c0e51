#include "sync/core/batch_tables.h"

#include <catch2/catch.hpp>

#include "sync/core/batch.h"
#include "sync/core/leaf.h"
#include "sync/core/limits.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr std::int64_t kLong = std::int64_t{1} << 40;

Transaction mark(std::int64_t pupil, const std::string& comment) {
  return edit({row(1, {pupil}, {cell(1, {std::int64_t{5}, Text{comment}})})});
}

BatchTables taught(const std::vector<Transaction>& edits) {
  BatchTables tables;
  for (const auto& it : edits) tables.learn(it);
  return tables;
}

std::string written(const Transaction& edit, const BatchTables* history) {
  const BatchContext context{2, {11, 1}, history};
  const std::vector<LeafView> leaves{{0, kLeafFormat, &edit, {}}};
  return encode_batch(leaves, context, place_of, nullptr, Effort::thorough);
}

BatchLeaf read(const std::string& batch, const BatchTables* history) {
  const BatchContext context{2, {11, 1}, history};
  BatchReader reader(batch, context);
  return reader.next(over_at, {});
}

}  // namespace

TEST_CASE("what the history holds needs not be said again") {
  const std::string comment = "спутаны знаки при переносе слагаемых";
  const auto before = mark(kLong, comment);
  const auto history = taught({before});
  auto after = before;
  after.entry.counter += 1;
  const auto batch = written(after, &history);
  CHECK(batch.size() + comment.size() < written(after, nullptr).size());
  CHECK(read(batch, &history).edit == after);
}

TEST_CASE("what the history doesn't hold is added to it") {
  const auto history = taught({mark(kLong, "a comment"), mark(2 * kLong, "another")});
  auto after = mark(3 * kLong, "a third comment");
  after.origin.author = "somebody new";
  std::get<Edit>(after.body).rows.push_back(row(2, {kLong}, {tombstone(1)}));
  CHECK(read(written(after, &history), &history).edit == after);
}

TEST_CASE("a batch read with another history is refused, or reads as another leaf") {
  const auto history = taught({mark(kLong, "a comment"), mark(2 * kLong, "a comment")});
  const auto other = taught({mark(2 * kLong, "a comment"), mark(kLong, "a comment")});
  const auto after = mark(kLong, "a comment of some length");
  const auto batch = written(after, &history);
  CHECK_FALSE(refusal([&] { read(batch, nullptr); }).empty());
  CHECK(read(batch, &other).edit != after);
}

TEST_CASE("long numbers and texts are learnt once, in their order; short ones aren't") {
  auto tables =
      taught({mark(kLong, "long"), mark(5, "abc"), mark(kLong, "longer"), mark(-kLong, "long")});
  CHECK(tables.pool().numbers() == std::vector<std::int64_t>{kLong, -kLong});
  CHECK(tables.text() == "longlonger");
  CHECK(tables.origins().size() == 1);
  CHECK(tables.shapes().size() == 1);
}

TEST_CASE("what is learnt of a history is bounded") {
  BatchTables tables;
  const std::string text(8000, 'x');
  for (std::uint32_t i = 0; i < 5000; ++i) {
    std::vector<Value> numbers(16, Value(std::int64_t{0}));
    for (std::uint32_t k = 0; k < 16; ++k) numbers[k] = kLong + i * 16 + k;
    auto transaction = edit({row(i + 1, numbers, {cell(1, {Text{text + std::to_string(i)}})})});
    transaction.origin.author = std::to_string(i);
    tables.learn(transaction);
  }
  CHECK(tables.origins().size() == limits::kHistoryEntries);
  CHECK(tables.shapes().size() == limits::kHistoryEntries);
  CHECK(tables.pool().numbers().size() == limits::kHistoryNumbers);
  CHECK(tables.text().size() <= limits::kHistoryBytes);
  CHECK(tables.text().size() > limits::kHistoryBytes - 8100);
}

TEST_CASE("the first line of each clear log has a history, of the first four that have leaves") {
  HistoryLines lines;
  CHECK_FALSE(lines.have(log_of(1), 0));  // nothing before it
  CHECK_FALSE(lines.have(log_of(1), 7));  // not the first of its log
  CHECK_FALSE(lines.have(log_of(2, Stream::school), 7));
  for (std::uint64_t number : {2, 3, 4, 5}) CHECK(lines.have(log_of(number), 7));
  CHECK_FALSE(lines.have(log_of(6), 7));
}
