// Columns of values: each type of value apart.
#include <algorithm>
#include <bit>
#include <cmath>

#include "sync/core/columns.h"
#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

constexpr std::size_t kOpenedTag = 6;  // after those of ValueTag
constexpr std::size_t kTags = 7;
constexpr std::uint8_t kMixed = 0xff;

std::size_t tag_of(const ColumnValue& value) {
  const auto* plain = std::get_if<Value>(&value);
  return plain == nullptr ? kOpenedTag : plain->index();
}

std::int64_t number_of(const KeyId& key) {
  return static_cast<std::int64_t>(Reader(key.view(), "key id").fixed64("key id"));
}
KeyId key_of(std::int64_t number) {
  std::string bytes;
  Writer(bytes).fixed64(static_cast<std::uint64_t>(number));
  return KeyId::from(bytes);
}

/// The members of a column that have one tag, ready to be written.
struct Part {
  std::vector<std::uint32_t> contexts;
  std::vector<std::int64_t> numbers;  ///< integers, the bits of reals, key ids
  std::vector<std::string> encoded;   ///< opened values; what `strings` then points to
  std::vector<std::string_view> strings;
  bool has_numbers = false, has_strings = false;
};

void add(Part& part, const ColumnValue& value) {
  if (const auto* opened = std::get_if<Opened>(&value)) {
    std::string bytes;
    Writer writer(bytes);
    write_value(writer, opened->plain);
    part.numbers.push_back(number_of(opened->key));
    part.encoded.push_back(std::move(bytes));
    part.has_numbers = part.has_strings = true;
    return;
  }
  const auto& plain = std::get<Value>(value);
  switch (sync::tag_of(plain)) {
    case ValueTag::null:
      return;
    case ValueTag::integer:
      part.numbers.push_back(std::get<std::int64_t>(plain));
      part.has_numbers = true;
      return;
    case ValueTag::real:
      part.numbers.push_back(std::bit_cast<std::int64_t>(std::get<double>(plain)));
      part.has_numbers = true;
      return;
    case ValueTag::text:
      part.strings.push_back(std::get<Text>(plain).text);
      part.has_strings = true;
      return;
    case ValueTag::blob:
      part.strings.push_back(std::get<Blob>(plain).bytes);
      part.has_strings = true;
      return;
    case ValueTag::cipher:
      part.numbers.push_back(number_of(std::get<Cipher>(plain).key));
      part.strings.push_back(std::get<Cipher>(plain).bytes);
      part.has_numbers = part.has_strings = true;
      return;
  }
}

/// What is read back for one tag, to be taken from in order.
struct ReadPart {
  std::vector<std::int64_t> numbers;
  std::vector<std::string_view> strings;
  std::size_t next = 0;
};

bool tag_has_numbers(std::size_t tag) { return tag == 1 || tag == 2 || tag >= 5; }
bool tag_has_strings(std::size_t tag) { return tag >= 3; }

ColumnValue take(Reader& reader, std::size_t tag, ReadPart& part, const char* field) {
  const auto i = part.next++;
  switch (tag) {
    case 0:
      return Value(Null{});
    case 1:
      return Value(part.numbers[i]);
    case 2: {
      Value real = std::bit_cast<double>(part.numbers[i]);
      if (!is_valid(real)) reader.refuse(field, "a real that is NaN, infinite or minus zero");
      return real;
    }
    case 3:
      if (!is_text(part.strings[i])) reader.refuse(field, "not UTF-8 text without NUL");
      return Value(Text{std::string(part.strings[i])});
    case 4:
      return Value(Blob{std::string(part.strings[i])});
    case 5:
      return Value(Cipher{key_of(part.numbers[i]), std::string(part.strings[i])});
    default: {
      Reader inner(part.strings[i], field);
      Opened opened{key_of(part.numbers[i]), read_value(inner, field)};
      inner.expect_end(field);
      if (opened.plain.index() == 5) reader.refuse(field, "a cipher within a cipher");
      return opened;
    }
  }
}

void spend(Reader& reader, std::span<const std::string_view> strings, std::size_t& budget,
           const char* field) {
  for (auto string : strings) {
    if (string.size() > budget) reader.refuse(field, "its strings come to too many bytes");
    budget -= string.size();
  }
}

std::vector<std::int64_t> read_tags(Reader& reader, std::size_t count, const char* field) {
  const auto all = reader.byte(field);
  if (all != kMixed) {
    if (all >= kTags) reader.refuse(field, "unknown type of value " + std::to_string(all));
    return std::vector<std::int64_t>(count, all);
  }
  auto tags = read_integers(reader, count, {}, field);
  for (auto tag : tags) {
    if (tag < 0 || tag >= static_cast<std::int64_t>(kTags)) {
      reader.refuse(field, "unknown type of value " + std::to_string(tag));
    }
  }
  return tags;
}

}  // namespace

void write_values(Writer& writer, std::span<const ColumnValue> values, Contexts contexts,
                  IntegerPool& pool) {
  std::vector<std::int64_t> tags;
  std::vector<Part> parts(kTags);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto tag = tag_of(values[i]);
    tags.push_back(static_cast<std::int64_t>(tag));
    add(parts[tag], values[i]);
    if (!contexts.empty()) parts[tag].contexts.push_back(contexts[i]);
  }
  const bool mixed =
      std::adjacent_find(tags.begin(), tags.end(), std::not_equal_to<>()) != tags.end();
  writer.byte(mixed || tags.empty() ? kMixed : static_cast<std::uint8_t>(tags.front()));
  if (mixed || tags.empty()) write_integers(writer, tags, {});
  for (std::size_t tag = 0; tag < kTags; ++tag) {
    auto& part = parts[tag];
    for (const auto& encoded : part.encoded) part.strings.push_back(encoded);
    if (part.has_numbers) {
      write_integers(writer, part.numbers, part.contexts, tag == 1 ? &pool : nullptr);
    }
    if (part.has_strings) write_strings(writer, part.strings, part.contexts);
  }
}

std::vector<ColumnValue> read_values(Reader& reader, std::size_t count, Contexts contexts,
                                     IntegerPool& pool, std::size_t& budget, const char* field) {
  const auto tags = read_tags(reader, count, field);
  std::vector<std::vector<std::uint32_t>> part_contexts(kTags);
  std::vector<std::size_t> counts(kTags);
  for (std::size_t i = 0; i < count; ++i) {
    const auto tag = static_cast<std::size_t>(tags[i]);
    ++counts[tag];
    if (!contexts.empty()) part_contexts[tag].push_back(contexts[i]);
  }
  std::vector<ReadPart> parts(kTags);
  for (std::size_t tag = 1; tag < kTags; ++tag) {
    if (counts[tag] == 0) continue;
    if (tag_has_numbers(tag)) {
      parts[tag].numbers =
          read_integers(reader, counts[tag], part_contexts[tag], field, tag == 1 ? &pool : nullptr);
    }
    if (tag_has_strings(tag)) {
      parts[tag].strings = read_strings(reader, counts[tag], part_contexts[tag], field);
      spend(reader, parts[tag].strings, budget, field);
    }
  }
  std::vector<ColumnValue> values;
  values.reserve(count);
  for (auto tag : tags) {
    values.push_back(
        take(reader, static_cast<std::size_t>(tag), parts[static_cast<std::size_t>(tag)], field));
  }
  return values;
}

}  // namespace zimnik::sync
