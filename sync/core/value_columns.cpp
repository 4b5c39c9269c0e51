// Columns of values: each type of value apart.
#include <algorithm>
#include <bit>
#include <cmath>

#include "sync/core/columns.h"
#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

constexpr std::size_t kTags = 7;
constexpr std::size_t kOpenedTag = 6;  // after those of ValueTag
constexpr std::uint8_t kMixed = 0xff;

std::int64_t number_of(const KeyId& key) {
  return static_cast<std::int64_t>(Reader(key.view(), "key id").fixed64("key id"));
}
KeyId key_of(std::int64_t number) {
  std::string bytes;
  Writer(bytes).fixed64(static_cast<std::uint64_t>(number));
  return KeyId::from(bytes);
}

bool tag_has_numbers(std::size_t tag) { return tag == 1 || tag == 2 || tag >= 5; }
bool tag_has_strings(std::size_t tag) { return tag >= 3; }

/// What is read back for one tag, to be taken from in order.
struct ReadPart {
  std::vector<std::int64_t> numbers;
  std::vector<std::string_view> strings;
  std::size_t next = 0;
};

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

void ValueColumn::add(const ValueView& value, std::uint32_t context) {
  const auto tag = static_cast<std::size_t>(value.tag);
  tags_.push_back(static_cast<std::int64_t>(tag));
  auto& part = parts_[tag];
  part.contexts.push_back(context);
  if (tag_has_numbers(tag)) {
    part.numbers.push_back(value.tag == ValueTag::cipher ? number_of(value.key) : value.number);
  }
  if (tag_has_strings(tag)) part.strings.push_back(value.bytes);
}

void ValueColumn::add_opened(const KeyId& key, std::string encoded, std::uint32_t context) {
  tags_.push_back(kOpenedTag);
  auto& part = parts_[kOpenedTag];
  part.contexts.push_back(context);
  part.numbers.push_back(number_of(key));
  part.encoded.push_back(std::move(encoded));
}

void ValueColumn::write(Writer& writer, Writer& bytes, IntegerPool& pool) {
  const bool mixed =
      std::adjacent_find(tags_.begin(), tags_.end(), std::not_equal_to<>()) != tags_.end();
  writer.byte(mixed || tags_.empty() ? kMixed : static_cast<std::uint8_t>(tags_.front()));
  if (mixed || tags_.empty()) write_integers(writer, tags_, {});
  for (std::size_t tag = 1; tag < kTags; ++tag) {
    auto& part = parts_[tag];
    if (part.contexts.empty()) continue;
    part.strings.insert(part.strings.end(), part.encoded.begin(), part.encoded.end());
    if (tag_has_numbers(tag)) {
      write_integers(writer, part.numbers, part.contexts, tag == 1 ? &pool : nullptr);
    }
    if (tag_has_strings(tag)) write_strings(writer, bytes, part.strings, part.contexts);
  }
}

std::vector<ColumnValue> read_values(Reader& reader, Reader& bytes, std::size_t count,
                                     Contexts contexts, IntegerPool& pool, std::size_t& budget,
                                     const char* field) {
  const auto tags = read_tags(reader, count, field);
  std::array<std::vector<std::uint32_t>, kTags> part_contexts;
  for (std::size_t i = 0; i < count; ++i) {
    part_contexts[static_cast<std::size_t>(tags[i])].push_back(contexts.empty() ? 0 : contexts[i]);
  }
  std::array<ReadPart, kTags> parts;
  for (std::size_t tag = 1; tag < kTags; ++tag) {
    const auto size = part_contexts[tag].size();
    if (size == 0) continue;
    if (tag_has_numbers(tag)) {
      parts[tag].numbers =
          read_integers(reader, size, part_contexts[tag], field, tag == 1 ? &pool : nullptr);
    }
    if (tag_has_strings(tag)) {
      parts[tag].strings = read_strings(reader, bytes, size, part_contexts[tag], field);
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
